#include "stance/general_lexicon.h"

static const lexicon_class classes[] = {
    {"support",
     "support* back backs backed backing endors* favor favors favored favoring favour favours "
     "favoured favouring welcom* advocat* approv* agree agrees agreed agreeing embrac* champion* "
     "applaud* prais* commend* defend* promot* encourag* stood stand* urge* urging thank* grateful "
     "salut* cheer* hail* celebrat* honor* honour* admir* congratulat* rall* united"},
    {"permit",
     "allow* authori* permit* enabl* let lets letting grant* lift lifts lifted lifting eas* remov* "
     "unlock* open* clear* approv*"},
    {"good",
     "good great better best effective important essential vital crucial necessary right* "
     "legitimate proud strong* fair* free* equal* safe* peace* success* succeed* win wins won "
     "winning victory benefi* help* protect* secur* improv* honest* trust* love* brilliant "
     "excellent wonderful amazing smart wise* positive progress* hope* justif* decisive* brave* "
     "courag* qualified experienced steady popular inspir* lead leads leading achiev* talent*"},
    {"oppose",
     "oppos* reject* against condemn* denounc* object objects objected objecting objection* "
     "criticis* criticiz* critic critics critical slam* blast* attack* blam* accus* disagree* "
     "disput* challeng* protest* resist* refus* den* declin* dismiss* rebuk* rebuff* scold* mock* "
     "ridicul* taunt* insult* lash* assail* deride* derid* fault* sued sue sues suing impeach* "
     "repudiat* disavow* distanc* unendors* rip ripped rips hit hits hammered"},
    {"prevent",
     "block* ban bans banned banning prohibit* stop* halt* end ends ended ending prevent* abolish* "
     "repeal* restrict* limit* forbid* forbade curb* suspend* cancel* revok* freez* delay* veto*"},
    {"warn",
     "warn* caution* fear* threat* risk* danger* escalat* provok* provocat* alarm* worr* concern* "
     "consequence* retaliat* reckless* careful* nervous* anxi* afraid"},
    {"bad",
     "bad worse worst terribl* horribl* awful* hate* hateful stupid* dumb lie lies lied lying "
     "liar* "
     "corrupt* crim* fraud* scandal* shame* disgrac* evil sick* wast* unfair* unjust* immoral* "
     "problem* crisis crises disast* catastroph* fail* wrong* mistake* illegal* unlawful* "
     "irresponsib* unaccept* harm* hurt* damag* destroy* kill* murder* undermin* weak* doubt* "
     "skeptic* sceptic* racist* racism sexist* bigot* crook* dishonest* unfit* dangerous* extreme* "
     "ignor* incompet* controvers* embarrass* false* fake* rigged violat* abus* assault* alleg* "
     "guilt* investigat* negative* nasty divisive ruin* lose* losing lost loss* poor* hypocri* "
     "offensive* outrag* cruel* chaos scam* betray* cheat* mislead* misled deceiv* temperament"},
    {"obligation",
     "must should need needs needed ought require* demand* call calls called calling insist* "
     "deserve* obligat* duty responsib* appeal* press pressed presses pressing ask asks asked"},
    {"possibility",
     "may might could perhaps possibl* probabl* likely seem* appear* suggest* unclear uncertain* "
     "maybe potential* apparent*"},
    {"condition", "if unless would whether until only except provided depend* otherwise"},
    {"contrast", "but however although though while despite yet still instead nevertheless rather"},
    {"saying",
     "say says said tell tells told claim* argue* assert* stat* announc* declar* think* thought "
     "believ* consider* add added adds insist* explain* spoke speak* describ* call* note* noted"},
    {"future",
     "will shall going plan plans planned planning intend* promise* pledge* vow* expect* next soon "
     "upcoming"},
    {"comparison", "more less too enough than most least same"},
    {"intensity",
     "very really so extremely absolutely totally completely always ever all every entire* deepl* "
     "strongl* utter*"},
    {"first", "i we me us my our mine ours ourselves myself"},
    {"second", "you your yours"},
    {"third", "they them their he she his her hers him it its"},
    {"negator",
     "not no never none nobody nothing nowhere neither nor cannot can't won't don't doesn't didn't "
     "isn't aren't wasn't weren't wouldn't shouldn't couldn't haven't hasn't hadn't ain't mustn't "
     "needn't without hardly barely scarcely rather instead stop stops stopped refuse refuses "
     "refused refusing lack lacks lacked fail fails failed dont cant wont isnt doesnt didnt unable "
     "unwilling"},
    {"clause", "but however although though because while whereas since unless"},
};

const lexicon_class *general_lexicon(size_t *count) {
    *count = sizeof classes / sizeof *classes;
    return classes;
}
