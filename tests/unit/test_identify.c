/* Who speaks, and how openly. Each case is an article in the corpus' inline markup: braces mark
 * content (c), cue (k), source (s) and stated reason (r); the lines that begin with @ say what the
 * identifier must find. */
#include "identify/speaker_match.h"
#include "marked_cases.h"
#include "suite.h"

typedef struct identify_case {
    const char *shows, *article;
} identify_case;

static const identify_case cases_table[] = {
    /* The hard cases of the field. */
    {"apposition behind the name", "{s1 Ana Ruiz, a surgeon who fled the coast,} {k1 said} {c1 it "
                                   "was over}.\n\n@1 speaker=Ana Ruiz"},
    {"aside with another name",
     "{s1 Bell}, who replaced Cho in May, {k1 said} {c1 no}.\n\n@1 speaker=Bell"},
    {"split quotation",
     "{c1 \"We will,\"} {s1 Diaz} {k1 said}, {c1 \"hit back.\"}\n\n@1 speaker=Diaz"},
    {"chain without a second source", "Marco Lund spoke first. {s1,2 He} {k1 said} {c1 it failed}, "
                                      "{k2 adding that} {c2 costs rose}.\n\n"
                                      "@1 speaker=Marco Lund\n@2 speaker=Marco Lund"},
    {"chain whose source is not marked",
     "{s1 Marco Lund} {k1 said} {c1 it failed}, {k2 adding that} {c2 costs rose}.\n\n"
     "@1 speaker=Marco Lund\n@2 speaker=Marco Lund"},
    {"quotation reopened in the next paragraph",
     "{c1 \"We stayed,} {c1 all of us,\"} {s1 Mayor Ida Holt} {k1 said}.\n\n@1 speaker=Ida Holt"},
    {"floating quotation: who the sentence before is about",
     "Ada Orr was calm. {c1 \"Nobody panicked.\"}\n\n@1 speaker=Ada Orr"},
    {"missing closing mark", "{c1 \"They left,} {s1 Kim} {k1 said}.\n\n@1 speaker=Kim"},
    {"single marks", "{c1 'It's the boys' choice,'} {s1 Lee} {k1 said}.\n\n@1 speaker=Lee"},
    {"quotation in a quotation: she is not who tells it",
     "Nadia Omar came with her mother, Rima. {c2 \"{s1 She} {k1 told} me {c1 'run'},\"} {s2 Omar} "
     "{k2 "
     "said}.\n\n@2 speaker=Nadia Omar\n@1 speaker=Rima"},
    {"a work in quotation marks says nothing",
     "{c1 \"Dune\" won}, {s1 Park} {k1 said}.\n\n@1 speaker=Park"},
    {"nickname inside the name",
     "{s1 Robert \"Bobby\" Stone} {k1 said} {c1 no}. {s2 Stone} {k2 left, "
     "saying} {c2 it was late}.\n\n@1 speaker=Robert \"Bobby\" "
     "Stone\n@2 speaker=Robert \"Bobby\" Stone"},
    {"parenthetical", "{c1 The bridge}, {s1 officials} {k1 said}, {c1 was mined}.\n\n"
                      "@1 speaker=officials | grade=group"},
    {"relative clause: which he said", "Tom Fry had a plan, a plan {c1 which} {s1 he} {k1 said} "
                                       "{c1 was dead}.\n\n@1 speaker=Tom Fry"},
    {"noun cue with a possessor", "Dana Reed wrote the study. {k1 In} {s1 Reed's} {k1 view}, {c1 "
                                  "strikes escalate}.\n\n@1 speaker=Dana Reed"},
    {"passive with by", "{c1 The capital} {k1 was urged by} {s1 its ally} {c1 to wait}.\n\n@1 "
                        "speaker=its ally | grade=institution | doubtful=yes"},
    {"belief of a group",
     "{s1 Aides} {k1 fear} {c1 the limit will hold}.\n\n@1 speaker=aides | grade=group"},
    {"negation", "Ellen Cole met reporters. {s1 She} {k1 did not say} {c1 strikes were "
                 "banned}.\n\n@1 speaker=Ellen Cole"},
    {"same surname: the one introduced first goes by it alone",
     "John Hart spoke; Mary Hart disagreed. {s1 Hart} {k1 said} {c1 no}.\n\n@1 speaker=John Hart"},
    {"same surname: who is called by the given name too",
     "Ida Hart led the firm. “Go on, Ida,” her husband, Lorn Hart, said. {s1 Hart} {k1 said} {c1 "
     "no}.\n\n@1 speaker=Ida Hart"},
    {"same surname: the headline's is the one whom the article introduces first",
     "Hart pushed ahead\n\nIda Hart led the firm; Lorn Hart had left it. Ida likes work. {s1 Hart} "
     "{k1 said} {c1 no}.\n\n@1 speaker=Ida Hart"},
    {"same surname, both named in full",
     "John Hart spoke first. {s1 Mary Hart} {k1 disagreed}, {c1 calling it too late}. {s2 John "
     "Hart} {k2 said} {c2 no}.\n\n"
     "@1 speaker=Mary Hart\n@2 speaker=John Hart"},
    {"same surname, told apart by the title",
     "John Hart spoke first and Mary Hart second. {s1 Mrs. Hart} {k1 said} {c1 no}. {s2 Mr. Hart} "
     "{k2 said} {c2 yes}.\n\n"
     "@1 speaker=Mary Hart\n@2 speaker=John Hart"},
    {"description without a name: the office",
     "{s1 The defence chief} {k1 called} {c1 it reckless}.\n\n@1 speaker=the defence chief | "
     "grade=anonymous"},
    {"description by office", "The defence chief, Karl Brandt, saw the plan on Monday. {s1 The "
                              "defence chief} {k1 called} {c1 it reckless}.\n\n"
                              "@1 speaker=Karl Brandt"},
    {"pronoun: the subject of the sentence before",
     "Peter Cole met Ivan Dunn. {s1 He} {k1 said} {c1 talks stalled}.\n\n@1 speaker=Peter Cole"},
    {"joint source", "{s1 Vance and Ito} {k1 said} {c1 they agreed}.\n\n@1 speaker=Vance; Ito"},
    {"a person and company that is not named",
     "{s1 Paula Quist and other critics} {k1 said} {c1 it was late}. {s2 Quist and her aides} {k2 "
     "hoped} {c2 for rain}.\n\n@1 speaker=Paula Quist\n@2 speaker=Paula Quist"},
    {"the author whom the end introduces",
     "The plan is old. {s1 I} {k1 think} {c1 it is bad}.\n\nIda Hart is a historian in "
     "Harrow.\n\n@1 speaker=Ida Hart"},
    {"the author behind \"by\"",
     "By Ida Hart\n\nThe plan is old. {s1 I} {k1 think} {c1 it is bad}.\n\n@1 speaker=Ida Hart"},
    {"writers of letters",
     "The plan is old. {s1 I} {k1 think} {c1 it is bad}.\n\nTom Fry\n\n{s2 I} {k2 hope} {c2 for "
     "rain}.\n\nIda Hart, Harrow\n\n@1 speaker=Tom Fry\n@2 speaker=Ida Hart"},
    {"whose answers the headline announces",
     "Q&A with Mayor Ida Hart\n\nThe plan is old. {s1 I} {k1 "
     "think} {c1 it is bad}.\n\n@1 speaker=Ida Hart"},
    {"somebody quoted who is not told is not the author",
     "By Ida Hart\n\nA note read: “{s1 I} {k1 think} {c1 it is bad}.”\n\n@1 speaker=the author"},
    {"a relative clause in an apposition",
     "Tom Fry, a grain trader {s1 who} {k1 backed} {c1 the plan}, left.\n\n@1 speaker=Tom Fry"},
    {"a name behind words that describe",
     "{s1 One critic, syndicated radio host Tom Fry,} {k1 said} {c1 no}.\n\n@1 speaker=Tom Fry"},
    {"a name the tagger does not know, behind whom it describes",
     "{s1 A retired Karshani general, Sefton Maric,} {k1 said} {c1 it would rain}.\n\n@1 "
     "speaker=Sefton Maric"},
    {"an office with \"of\" between the description and the name",
     "{s1 The panel's guest, Deputy Secretary of State Neil Brubaker,} {k1 said} {c1 no}.\n\n@1 "
     "speaker=Neil Brubaker"},
    {"a study speaks for those who wrote it",
     "{s1 A study by Ida Cole of Harrow College and Tom Fry} {k1 found} {c1 that it "
     "rains}.\n\n{s2 An email from Vera Lind} {k2 showed} {c2 that it was late}.\n\n@1 "
     "speaker=Ida Cole; Tom Fry\n@2 speaker=Vera Lind"},
    {"somebody's book, whatever it is called",
     "Vera Lind has written much. {k1 According to} {s1 her book \"The Long Winter,\"} {c1 it "
     "snows}.\n\n@1 speaker=Vera Lind"},
    {"somebody's comments",
     "Vera Lind spoke twice. {s1 Lind's comments} {k1 suggested} {c1 that it "
     "was late}.\n\n@1 speaker=Vera Lind"},
    {"but not for those through whose hands it went",
     "{s1 A memo obtained by Tom Fry} {k1 says} {c1 that it rains}.\n\n@1 speaker=A memo obtained "
     "by Tom Fry | grade=institution"},
    {"a clause without \"that\": its subject speaks, not what is before it",
     "Vera Lind had a plan, {s1 one she} {k1 calls} {c1 \"Our Way\"}.\n\n@1 speaker=Vera Lind"},
    {"the authors", "{s1 We} {k1 think} {c1 the plan is bad}.\n\n@1 speaker=the author"},
    {"some people in a quotation are not the authors",
     "A note read: “{s1 We} {k1 think} {c1 it is bad}.”\n\n@1 speaker=we | doubtful=yes"},
    {"a capital for its government",
     "{s1 Kyiv} {k1 said} {c1 it would answer}.\n\n@1 speaker=Kyiv | grade=institution"},
    {"the author", "{s1 I} {k1 think} {c1 the plan is bad}.\n\n@1 speaker=the author"},
    {"one of two whose words for it are left out",
     "Two aides spoke. One left. {s1 The other} {k1 said} {c1 talks went well}.\n\n@1 speaker=the "
     "other | grade=anonymous"},
    {"counted officials", "{s1 Two officials} {k1 said} {c1 missiles arrived}.\n\n@1 speaker=two "
                          "officials | grade=anonymous"},
    {"stated reason in the source", "{s1 An aide, {r1 not authorised to speak},} {k1 said} {c1 "
                                    "yes}.\n\n@1 speaker=an aide | grade=anonymous"},
    {"late naming",
     "{c1 \"No,\"} {s1 a guard} {k1 said}. Tom Fry, the guard, left.\n\n@1 speaker=Tom Fry"},
    {"second-hand: who reports and who is reported",
     "{s1 Pell} {k1 said} {c1 {s2 Nash} {k2 had backed} {c2 strikes}}.\n\n@1 speaker=Pell\n@2 "
     "speaker=Nash"},
    {"a stance that is told of somebody else's words",
     "Ivan Dunn faced the press. {s1 He} {k1 dismissed} {c1 calls to allow deep strikes}.\n\n@1 "
     "speaker=Ivan Dunn"},
    {"a pull quote repeats the body",
     "{c1 \"Nobody panicked,\"} {s1 Ada Orr} {k1 said}.\n\n{c2 \"Nobody panicked.\"}\n\n@1 "
     "speaker=Ada Orr\n@2 speaker=Ada Orr"},
    {"press lead-in", "{k1 From} {s1 Mayor Obi}: {c1 \"We rebuild.\"}\n\n@1 speaker=Obi"},
    {"whom a pronoun's own sentence names is not meant by it",
     "Peter Cole won. Although Tom Fry does not like Cole, {s1 he} {k1 said} {c1 that Cole should "
     "stay}.\n\n@1 speaker=Tom Fry"},
    {"inserted she said", "Rosa Lind led the crew. {c1 Fire}, {s1 she} {k1 said}, {c1 only if "
                          "attacked}.\n\n@1 speaker=Rosa Lind"},

    /* Names. */
    {"full name after the surname", "{s1 Okafor} {k1 said} {c1 the road was closed}. Later Chidi "
                                    "Okafor left.\n\n@1 speaker=Chidi Okafor"},
    {"title is no part of the name", "{s1 Defense Secretary Lloyd Marsh} {k1 said} {c1 the army "
                                     "was ready}.\n\n@1 speaker=Lloyd Marsh"},
    {"senator abbreviated, with party",
     "{s1 Sen. Paula Quist (R-Ohio)} {k1 said} {c1 the bill was dead}.\n\n@1 speaker=Paula Quist"},
    {"initial inside the name", "{s1 Harold J. Penn} {k1 said} {c1 it was late}. {s2 Mr. Penn} {k2 "
                                "added} {c2 that it rained}.\n\n"
                                "@1 speaker=Harold J. Penn\n@2 speaker=Harold J. Penn"},
    {"suffix", "{s1 Brent A. Hale Jr., a former clerk,} {k1 said} {c1 it was late}. {s2 Mr. Hale} "
               "{k2 added} {c2 that it rained}.\n\n"
               "@1 speaker=Brent A. Hale Jr.\n@2 speaker=Brent A. Hale Jr."},
    {"short form of the given name",
     "{s1 Robert Stone} {k1 said} {c1 no}. Later {s2 Bob Stone} {k2 said} {c2 yes}.\n\n@1 "
     "speaker=Robert Stone\n@2 speaker=Robert Stone"},
    {"surname with particle",
     "{s1 Greta van der Berg} {k1 said} {c1 no}. {s2 Van der Berg} {k2 said} {c2 nothing else}.\n\n"
     "@1 speaker=Greta van der Berg\n@2 speaker=Greta van der Berg"},
    {"Arabic article",
     "{s1 Karim al-Hadi} {k1 said} {c1 no}. {s2 Hadi} {k2 said} {c2 nothing else}.\n\n"
     "@1 speaker=Karim al-Hadi\n@2 speaker=Karim al-Hadi"},
    {"possessive source", "{s1 Chancellor Anna Weiss's} {k1 promise} {c1 to resign} surprised "
                          "all.\n\n@1 speaker=Anna Weiss"},
    {"accents",
     "{s1 François Lévêque} {k1 said} {c1 no}. {s2 Lévêque} {k2 left, saying} {c2 it was late}.\n\n"
     "@1 speaker=François Lévêque\n@2 speaker=François Lévêque"},
    {"given name alone, later", "{s1 Marta Silva} {k1 said} {c1 no}. {s2 Marta} {k2 said} {c2 she "
                                "was tired}.\n\n@1 speaker=Marta Silva\n@2 speaker=Marta Silva"},
    {"wife and husband", "{s1 Paul Adler} {k1 said} {c1 no}. His wife, Jane Adler, listened. {s2 "
                         "She} {k2 said} {c2 yes}.\n\n"
                         "@1 speaker=Paul Adler\n@2 speaker=Jane Adler"},
    {"name in apposition to kinship",
     "Sven Berg waved. {s1 His wife, Karin,} {k1 said} {c1 he was tired}.\n\n@1 speaker=Karin"},
    {"role before the name, with owner",
     "{s1 The governor's spokesman, Leo Haas,} {k1 said} {c1 no}.\n\n@1 speaker=Leo Haas | "
     "role=governor's spokesman"},
    {"title behind a comma and no article",
     "{s1 Ruth Vogel, director of the Harbour Institute,} {k1 said} {c1 it would rain}. {s2 Vogel} "
     "{k2 said} {c2 more}.\n\n"
     "@1 speaker=Ruth Vogel\n@2 speaker=Ruth Vogel | role=director of the Harbour Institute"},
    {"headline verb is no name", "{s1 Cole} {k1 says} {c1 no to bridge}.\n\nPeter Cole spoke on "
                                 "Monday. {s2 Mr. Cole} {k2 said} {c2 the bridge was unsafe}.\n\n"
                                 "@1 speaker=Peter Cole\n@2 speaker=Peter Cole"},

    /* Pronouns. */
    {"he goes on", "{s1 Ivan Petrenko} {k1 said} {c1 the city held}. {c2 \"We are tired,\"} {s2 "
                   "he} {k2 added}.\n\n"
                   "@1 speaker=Ivan Petrenko\n@2 speaker=Ivan Petrenko"},
    {"she is the woman of two",
     "Laura Stein met Peter Adams on Monday. {s1 She} {k1 said} {c1 they "
     "agreed}.\n\n@1 speaker=Laura Stein"},
    {"he is the man of two", "Laura Stein met Peter Adams on Monday. {s1 He} {k1 said} {c1 they "
                             "agreed}.\n\n@1 speaker=Peter Adams"},
    {"the title decides, not the given name",
     "Mr. Robin Ames arrived with Ms. Kim Doyle. {s1 She} {k1 said} {c1 they were late}.\n\n@1 "
     "speaker=Kim Doyle"},
    {"he within reported speech",
     "{s1 Omar Diallo} {k1 said} {c1 {s2 he} {k2 believed} {c2 the talks would fail}}.\n\n@1 "
     "speaker=Omar Diallo\n@2 speaker=Omar Diallo"},
    {"she is the unnamed woman",
     "Peter Holt drove past. {s1 A nurse} {k1 said} {c1 the ward was full}. {c2 \"We sleep "
     "here,\"} {s2 she} {k2 said}.\n\n"
     "@1 speaker=a nurse | grade=anonymous\n@2 speaker=a nurse | grade=anonymous"},
    {"what they do keeps standing before them",
     "{s1 Shipping agents, who know the harbour well,} {k1 said} {c1 the port was shut}.\n\n"
     "@1 speaker=shipping agents | grade=group"},
    {"another country's minister is another one",
     "The Tarvanian minister Odo Renn left. {s1 The Belmarian minister} {k1 said} {c1 no}.\n\n"
     "@1 speaker=The Belmarian minister | grade=anonymous"},
    {"they are the economists",
     "{s1 Economists} {k1 warned} {c1 that prices would rise}. {s2 They} {k2 also said} {c2 "
     "wages would fall}.\n\n"
     "@1 speaker=economists | grade=group\n@2 speaker=economists | grade=group"},
    {"it is the ministry", "{s1 The foreign ministry} {k1 said} {c1 talks went on}. {s2 It} {k2 "
                           "denied} {c2 that they had failed}.\n\n"
                           "@1 speaker=foreign ministry | grade=institution\n@2 speaker=foreign "
                           "ministry | grade=institution"},
    {"I is who is quoted", "{c2 \"{s1 I} {k1 think} {c1 it will hold},\"} {s2 Vera Lang} {k2 "
                           "said}.\n\n@1 speaker=Vera Lang\n@2 speaker=Vera Lang"},
    {"I without a quotation is the author",
     "{s1 I} {k1 believe} {c1 the bridge will hold}.\n\n@1 speaker=the author"},
    {"who is the person before it",
     "It was Sara Lindt {s1 who} {k1 said} {c1 the dam would break}.\n\n@1 speaker=Sara Lindt"},
    {"both are the two named", "Anna Cole and Ben Dunn met on Friday. {s1 Both} {k1 said} {c1 the "
                               "talks went well}.\n\n@1 speaker=Anna Cole; Ben Dunn"},

    /* Descriptions. */
    {"the president by his title", "President Adam Novak flew home on Sunday. {s1 The president} "
                                   "{k1 said} {c1 the war would end}.\n\n@1 speaker=Adam Novak"},
    {"the senator by the abbreviated title",
     "Sen. Paula Quist walked in. {s1 The senator} {k1 said} {c1 the bill was dead}.\n\n@1 "
     "speaker=Paula Quist"},
    {"the surgeon by the apposition", "{s1 Ana Ruiz, a surgeon,} {k1 said} {c1 it was over}. {s2 "
                                      "The surgeon} {k2 added} {c2 that she was tired}.\n\n"
                                      "@1 speaker=Ana Ruiz\n@2 speaker=Ana Ruiz"},
    {"an official stays an official beside a named person",
     "Prime Minister Lena Falk met the press. {s1 A senior official} {k1 said} {c1 the plan was "
     "dead}.\n\n"
     "@1 speaker=a senior official | grade=anonymous"},
    {"the official is the one before",
     "{s1 A European official} {k1 said} {c1 the plan was dead}. Lena Falk left. {s2 The official} "
     "{k2 added} {c2 that nobody mourned}.\n\n"
     "@1 speaker=a European official | grade=anonymous\n@2 speaker=a European official | "
     "grade=anonymous"},
    {"a spokesman is not his minister",
     "Minister Lena Falk was away. {s1 A spokesman for the ministry} {k1 said} {c1 she would "
     "return}.\n\n"
     "@1 speaker=a spokesman for the ministry | grade=anonymous"},
    {"second source of the same trade is another one",
     "{s1 One diplomat} {k1 said} {c1 yes}. {s2 Another diplomat} {k2 said} {c2 no}.\n\n"
     "@1 speaker=one diplomat | grade=anonymous\n@2 speaker=another diplomat | grade=anonymous"},

    /* Bodies and documents. */
    {"acronym in brackets", "{s1 The Harbour Workers Union (HWU)} {k1 called} {c1 the offer an "
                            "insult}. {s2 The HWU} {k2 said} {c2 it would strike}.\n\n"
                            "@1 speaker=Harbour Workers Union | grade=institution\n@2 "
                            "speaker=Harbour Workers Union | grade=institution"},
    {"acronym by its initials", "{s1 The Federal Harbour Commission} {k1 said} {c1 no}. {s2 The "
                                "FHC} {k2 gave no reason, saying} {c2 it was busy}.\n\n"
                                "@1 speaker=Federal Harbour Commission | grade=institution\n@2 "
                                "speaker=Federal Harbour Commission | grade=institution"},
    {"a report speaks",
     "{k1 According to} {s1 a parliamentary report}, {c1 the stocks were empty}.\n\n"
     "@1 speaker=a parliamentary report | grade=institution"},
    {"a poll speaks", "{s1 A new poll} {k1 found} {c1 that most voters disagree}.\n\n@1 speaker=a "
                      "new poll | grade=institution"},
    {"a study speaks",
     "{s1 A new study} {k1 found} {c1 that the harbour silts up}.\n\n@1 speaker=a "
     "new study | grade=institution"},
    {"a ministry speaks", "{s1 The Defense Ministry} {k1 said} {c1 two drones were shot down}.\n\n"
                          "@1 speaker=Defense Ministry | grade=institution"},
    {"the government of a country",
     "{s1 The British government} {k1 denied} {c1 the report}.\n\n@1 speaker=the British "
     "government | grade=institution"},
    {"a campaign is no person",
     "Helen Marsh is ahead. {s1 The Marsh campaign} {k1 said} {c1 she would win}.\n\n"
     "@1 speaker=the Marsh campaign | grade=institution"},

    /* Groups and unnamed people. */
    {"critics are a group",
     "{s1 Critics} {k1 say} {c1 the law goes too far}.\n\n@1 speaker=critics | grade=group"},
    {"many voters are a group", "{s1 Many voters} {k1 believe} {c1 the economy is weak}.\n\n@1 "
                                "speaker=many voters | grade=group"},
    {"a resident is anonymous", "{c1 \"The windows shook,\"} {s1 a resident} {k1 said}.\n\n@1 "
                                "speaker=a resident | grade=anonymous"},
    {"people familiar with the matter",
     "{s1 Two people familiar with the matter} {k1 said} {c1 the deal was close}.\n\n"
     "@1 speaker=two people familiar with the matter | grade=anonymous"},
    {"the minister of whom it is told why his name is withheld",
     "The talks went on. {s1 The defense minister, {r1 who spoke on the condition of anonymity},} "
     "{k1 said} {c1 no}.\n\n@1 speaker=the defense minister | grade=anonymous"},
    {"a share of those whom a poll asked is a group",
     "The survey asked about the bridge. {s1 Two in three} {k1 said} {c1 it should stay}.\n\n"
     "@1 speaker=Two in three | grade=group"},
    {"one in four voters is no single voter",
     "{s1 One in four voters} {k1 said} {c1 the bridge was ugly}.\n\n@1 speaker=One in four voters "
     "| grade=group"},
    {"a noun before people that the tagger took for a verb",
     "{k1 According to} {s1 show insiders}, {c1 he shouted at guests}.\n\n@1 speaker=show insiders "
     "| grade=group"},
    {"who stands as an example for others is heard",
     "{s1 Experts such as Paul Bauer} {k1 said} {c1 no}. {s2 Critics like Ida Holt and Marco Lund} "
     "{k2 said} {c2 it was late}. {s3 Many Danes, including Paul Bauer,} {k3 said} {c3 "
     "yes}.\n\n@1 speaker=Paul Bauer\n@2 speaker=Ida Holt; Marco Lund\n@3 speaker=Many Danes | "
     "grade=group"},
    {"some analyses are papers, not people",
     "{s1 Some analyses} {k1 suggest that} {c1 the dam will hold}.\n\n@1 speaker=some analyses | "
     "grade=institution"},
    {"the documents say, and they show: papers",
     "{s1 The documents} {k1 say} {c1 that he paid}. {s2 They} {k2 show} {c2 that he lied}.\n\n@1 "
     "speaker=the documents | grade=institution\n@2 speaker=the documents | grade=institution"},
    {"all of the firms are what one of them is",
     "{s1 All of the research firms} {k1 put} {c1 him far lower}.\n\n@1 speaker=all of the "
     "research firms | grade=institution"},
    {"a handful of states",
     "{s1 A handful of states} {k1 said} {c1 they would sue}.\n\n@1 speaker=a handful of states | "
     "grade=institution"},
    {"both campaigns",
     "{s1 Both campaigns} {k1 said} {c1 they would wait}.\n\n@1 speaker=both campaigns | "
     "grade=institution"},
    {"a chorus of politicians is a group",
     "{s1 A chorus of prominent senators} {k1 said} {c1 the plan was bad}.\n\n@1 speaker=a chorus "
     "of prominent senators | grade=group"},
    {"three former employees who told the paper",
     "{s1 Three former employees} {k1 told} the Harrow Courier {c1 that nobody was paid}.\n\n@1 "
     "speaker=three former employees | grade=anonymous"},
    {"nobody is there",
     "{c1 The vote} {k1 is expected} {c1 to be close}.\n\n@1 grade=unattributed"},

    /* Reasons. */
    {"condition of anonymity", "{s1 One official, {r1 who spoke on the condition of anonymity to "
                               "discuss private talks},} {k1 said} {c1 no}.\n\n"
                               "@1 speaker=one official | grade=anonymous"},
    {"beside the source", "{c1 \"It is over,\"} {s1 a diplomat} {k1 said}, {r1 speaking on "
                          "condition of anonymity because of the sensitivity of the talks}.\n\n"
                          "@1 speaker=a diplomat | grade=anonymous"},
    {"in another sentence, for all of a source's statements",
     "{s1,2 Two officials} {k1 said} {c1 missiles arrived} and {k2 warned} {c2 of delays}. The "
     "officials "
     "{r1,2 spoke on the condition of anonymity to describe secret plans}.\n\n"
     "@1 speaker=two officials | grade=anonymous\n@2 speaker=two officials | grade=anonymous"},
    {"declined to be named", "{s1 A trader {r1 who declined to be named}} {k1 said} {c1 prices "
                             "fell}.\n\n@1 speaker=a trader | grade=anonymous"},
    {"asked not to be identified", "{s1 A banker, {r1 who asked not to be identified because the "
                                   "talks are private},} {k1 said} {c1 prices fell}.\n\n"
                                   "@1 speaker=a banker | grade=anonymous"},
    {"name withheld", "{s1 A soldier, {r1 whose name is being withheld for his safety},} {k1 said} "
                      "{c1 the line held}.\n\n@1 speaker=a soldier | grade=anonymous"},
    {"American spelling of authorised",
     "{s1 A worker {r1 who was not authorized to speak publicly}} {k1 said} {c1 the pump "
     "failed}.\n\n@1 speaker=a worker | grade=anonymous"},
    {"requested anonymity", "{s1 A clerk, {r1 who requested anonymity for fear of losing her "
                            "job},} {k1 said} {c1 files vanished}.\n\n"
                            "@1 speaker=a clerk | grade=anonymous"},
    {"on background", "{s1 An adviser, {r1 speaking on background},} {k1 said} {c1 no}.\n\n@1 "
                      "speaker=an adviser | grade=anonymous"},
    {"a named person who was not allowed to speak gives no reason",
     "Judge Ira Bloom was not allowed to speak at the dinner. {s1 Bloom} {k1 said} {c1 the food "
     "was good}.\n\n@1 speaker=Ira Bloom"},

    /* Joint sources. */
    {"three names", "{s1 Cole, Dunn and Ito} {k1 said} {c1 yes}.\n\n@1 speaker=Cole; Dunn; Ito"},
    {"a name inside a modifier does not speak",
     "{s1 Rita Moss, an adviser to Adam Cole and Ben Dunn,} {k1 said} {c1 yes}.\n\n@1 speaker=Rita "
     "Moss"},
    {"two named, with titles",
     "{s1 Sen. Ada Cole and Rep. Ben Dunn} {k1 said} {c1 yes}.\n\n@1 speaker=Ada Cole; Ben Dunn"},
    {"two bodies", "{s1 France and Germany} {k1 said} {c1 they would wait}.\n\n@1 speaker=France; "
                   "Germany | grade=institution"},
    {"first names only, said once for everybody",
     "People in this article {r1,2 are identified by first name only because the law forbids such "
     "talk}. {s1 Marta} {k1 said} {c1 it was quiet}. {s2 Oleh} {k2 said} {c2 it was not}.\n\n"
     "@1 speaker=Marta | grade=anonymous\n@2 speaker=Oleh | grade=anonymous"},
    /* Names and those who bear them. */
    {"father and son: the suffix tells them apart",
     "{s1 Adam Corvin III} {k1 said} {c1 no}. His father, Adam Corvin Jr., wrote a book. {s2 "
     "Corvin} "
     "{k2 added} {c2 that it rained}.\n\n@1 speaker=Adam Corvin III\n@2 speaker=Adam Corvin III"},
    {"a driver named so",
     "{s1 A bus driver named Ilario} {k1 said} {c1 the road was closed}.\n\n@1 speaker=Ilario"},
    {"a call sign is no name",
     "{s1 A pilot who uses the call sign Heron} {k1 said} {c1 yes}.\n\n@1 speaker=Heron | "
     "grade=anonymous"},
    {"all that she would tell of her name",
     "{c1 'I solder,'} {k1 said} {s1 a woman of forty who gave her name only as Jean}.\n\n@1 "
     "speaker=Jean | grade=anonymous"},
    {"Stated before a name is no given name",
     "Vera Stone met the press. {k1 Stated} {s1 Stone}: {c1 \"We will wait.\"}\n\n@1 speaker=Vera "
     "Stone"},
    {"an aside with commas in it does not hide the subject",
     "Joe Mason, a host, a lawyer and the father of three, met Paul Adler. {s1 He} {k1 said} {c1 "
     "it "
     "was late}.\n\n@1 speaker=Joe Mason"},

    /* Roles that the article tells. */
    {"the Utah Republican by the bracket",
     "Rep. Adam Corvin (R-Utah) asked for an inquiry. {s1 The Utah Republican} {k1 said} {c1 files "
     "were gone}.\n\n@1 speaker=Adam Corvin"},
    {"two roles, one article, one person",
     "Sen. Lena Marsh spoke first. {s1 The Ohio senator and presidential candidate} {k1 said} {c1 "
     "no}.\n\n@1 speaker=Lena Marsh"},
    {"an apposition is the person before it",
     "The plan drew Rita Moss, {s1 a retired teacher}, who {k1 wrote} {c1 that it was late}.\n\n@1 "
     "speaker=Rita Moss"},
    {"a description with a tail, then the name",
     "{s1 The chief of Lasandra's army}, General Matthias Ekwall, {k1 said} {c1 fear was the "
     "reason}.\n\n@1 speaker=Matthias Ekwall"},
    {"an age before the apposition", "Vera Lind, 34, a nurse, came late. {s1 The nurse} {k1 said} "
                                     "{c1 it rained}.\n\n@1 speaker=Vera "
                                     "Lind"},
    {"late naming by the minister's name two paragraphs on",
     "{s1 The defence minister} {k1 said} {c1 the bridge would open}.\n\n{c2 \"We are late,\"} {s2 "
     "the minister} {k2 said}.\n\n{s3 The minister, Joren Aldasky,} {k3 added} {c3 that it would "
     "rain}.\n\n@1 speaker=Joren Aldasky\n@2 speaker=Joren Aldasky\n@3 speaker=Joren Aldasky"},
    {"the official is not the named person beside him",
     "Governor Ada Holt spoke at noon. {s1 An official} {k1 said} {c1 no}. {s2 The official} {k2 "
     "added} {c2 that it rained}.\n\n@1 speaker=an official | grade=anonymous\n@2 speaker=an "
     "official | grade=anonymous"},
    {"somebody is nobody who has a name",
     "Ada Holt spoke at noon. {s1 Somebody} {k1 said} {c1 no}.\n\n@1 speaker=somebody | "
     "grade=anonymous"},
    {"he behind somebody without a name who just spoke",
     "Minister Olaf Brandt opened the talks on Monday. Brandt was cheerful.\n\n{s1 A retired "
     "colonel} {k1 said} {c1 the army was tired}. {s2 He} {k2 added} {c2 that nobody slept}.\n\n"
     "@1 speaker=a retired colonel | grade=anonymous\n@2 speaker=a retired colonel | "
     "grade=anonymous"},
    {"the outlet is not whoever bears its name",
     "Wilayat Twitter and Ida Hill left. {s1 Twitter} {k1 said} {c1 no}. {s2 The Hill} {k2 "
     "reported} {c2 it}.\n\n@1 speaker=Twitter | grade=institution\n@2 speaker=Hill | "
     "grade=institution"},
    {"known by the handle", "{c1 \"It rains,\"} {k1 wrote} {s1 @ida_cole}. {s2 @CNN} {k2 said} {c2 "
                            "no}.\n\n@1 speaker=@ida_cole\n@2 speaker=@CNN | grade=institution"},
    {"whom the tagger takes for a body, behind what they are",
     "{s1 Conservative MP Orsola Tesk-Moray} {k1 said} {c1 no}. {s2 President-elect Ilgvars "
     "Strazdins} {k2 agreed with} {c2 her}.\n\n@1 speaker=Orsola Tesk-Moray\n@2 speaker=Ilgvars "
     "Strazdins"},
    {"whom the tagger takes for something else, and who is described behind the name",
     "{s1 Mark Cuban, the owner of a club,} {k1 said} {c1 no}. {s2 Cuban} {k2 added} {c2 that it "
     "was "
     "late}.\n\n@1 speaker=Mark Cuban\n@2 speaker=Mark Cuban"},
    {"the neurosurgeon is whom the article is about",
     "Ada Holt opened the clinic on Monday. Holt was cheerful. {s1 The star dancer} {k1 said} {c1 "
     "it "
     "would last}.\n\n@1 speaker=Ada Holt"},
    {"nobody is his own deputy",
     "Ada Holt travels. {s1 Her deputy} {k1 said} {c1 that it was late}.\n\n@1 speaker=Ada Holt's "
     "deputy | grade=anonymous"},
    {"those themselves",
     "Forbes counts them. {s1 Millionaires themselves} {k1 disagree with} {c1 the "
     "count}.\n\n@1 speaker=Millionaires | grade=group"},
    {"all three by their office",
     "Gov. Ada Holt and Gov. Ben Fry met Gov. Carl Orr and Mayor Dina Lund. {s1 All three "
     "governors} "
     "{k1 said} {c1 it was over}.\n\n@1 speaker=Ada Holt; Ben Fry; Carl Orr"},
    {"both candidates, whose campaigns are told",
     "The Holt campaign and the Fry campaign were glad. Ada Holt and Ben Fry had met Carl "
     "Orr.\n\nIt was late.\n\n{s1 Both candidates} {k1 called for} {c1 rain}.\n\n@1 speaker=Ada "
     "Holt; Ben Fry"},
    {"a company that bears no surname's look",
     "{s1 Facebook} {k1 said} {c1 it would appeal}.\n\n@1 speaker=Facebook | grade=institution"},
    {"a foundation that bears a person's name",
     "{s1 The Brandt Foundation} {k1 said} {c1 it would appeal}.\n\n@1 speaker=Brandt Foundation | "
     "grade=institution"},
    {"one of many is nobody whom the article names later",
     "The council met twice. {s1 One councillor} {k1 said} {c1 it was over}. Ben Abara, a "
     "councillor, left early. He was tired.\n\n@1 speaker=one councillor | grade=anonymous"},
    {"the businessman is who was spoken of last",
     "Victor Lund opened his second mine on Monday. Lund paid for all of it. {s1 The wealthy "
     "businessman} {k1 said} {c1 it would last for decades}.\n\n@1 speaker=Victor Lund | "
     "grade=named"},
    {"a former minister whose office the article does not tell",
     "Nora Falk spoke for an hour. {s1 The former minister} {k1 said} {c1 nobody had listened}.\n\n"
     "@1 speaker=Nora Falk | grade=named"},
    {"whose name is withheld in the sentence is nobody near",
     "Donna Lage left the shop. {c1 \"Too much hate,\"} {k1 said} {s1 the woman}, {r1 who did not "
     "want "
     "to be named}.\n\n@1 speaker=the woman | grade=anonymous"},
    {"handler: the owner does not speak",
     "Yevhen Saliy travels. {s1 His handler} {k1 suspects} {c1 that minds change late}.\n\n@1 "
     "speaker=Yevhen Saliy's handler | grade=anonymous"},

    /* Interviews and transcripts. */
    {"Q is the outlet, A the person interviewed",
     "The Ledger spoke to Ambassador Vera Lind by video.\n\n{s1 Q}{k1 :} {c1 What did it "
     "cost?}\n\n{s2 A}{k2 :} {c2 I cannot give you a number.}\n\n{s3 Q}{k3 :} {c3 And "
     "now?}\n\n@1 speaker=Harrow Courier | grade=institution\n@2 speaker=Vera Lind\n@3 "
     "speaker=Harrow Courier | grade=institution"},
    {"the outlet's own label",
     "The interview with Marta Lehto was translated.\n\n{s1 Courier}{k1 :} {c1 Does it set "
     "conditions?}\n\n{s2 Lehto}{k2 :} {c2 None that would interest you.}\n\n@1 speaker=Harrow "
     "Courier | grade=institution\n@2 speaker=Marta Lehto"},
    {"names in capitals",
     "Spokesman Adam Corvin met the press.\n\n{s1 REPORTER}{k1 :} {c1 Will it close?}\n\n{s2 MR. "
     "CORVIN}{k2 :} {c2 I have nothing to add.}\n\n@1 speaker=reporter | grade=anonymous\n@2 "
     "speaker=Adam Corvin"},
    {"capitals before a turn are a person's name, also of whom the article tells no more",
     "The host met the press.\n\n{s1 TESSIER}{k1 :} {c1 Will it close?}\n\n{s2 MS. HOLLAND}{k2 "
     ":} {c2 I have nothing to add.}\n\n@1 speaker=TESSIER | grade=named\n@2 speaker=HOLLAND | "
     "grade=named"},
    {"whoever asks", "The minister met the press.\n\n{s1 QUESTION}{k1 :} {c1 Will it close?}\n\n@1 "
                     "speaker=question | grade=anonymous"},
    {"two titles that the tagger took into a name",
     "{s1 Secretary General Ban Orrick} {k1 said} {c1 it was late}.\n\n@1 speaker=Ban Orrick | "
     "grade=named"},
    {"the outlet before the name of who works there",
     "{s1 Fox News Sean Hardwick} {k1 said} {c1 it was late}.\n\n@1 speaker=Sean Hardwick | "
     "grade=named"},
    {"a given name and a surname that is another word too",
     "The columnist George Will, 74, left the paper. {s1 Will} {k1 said} {c1 it was "
     "late}.\n\n@1 speaker=George Will | grade=named"},
    {"an office, what it is an office of, and the name",
     "{s1 Harmony's Secretary of State Ken Dettmer} {k1 said} {c1 no}. {s2 Vice President for news "
     "and talk Dave Gorham} {k2 said} {c2 yes}.\n\n@1 speaker=Ken Dettmer | role=Harmony's "
     "Secretary of State\n@2 speaker=Dave Gorham | grade=named"},
    {"who speaks for a senator is not the senator",
     "{s1 The chief spokesman for Senator Ken Dettmer} {k1 said} {c1 no}.\n\n@1 speaker=the chief "
     "spokesman for Senator Ken Dettmer | grade=anonymous"},
    {"an initial is not where a name begins",
     "The order by Judge Emmet G. Tessler came late. {s1 Judge Tessler} {k1 said} {c1 no}.\n\n@1 "
     "speaker=Emmet G. Tessler"},
    {"two surnames without the given name",
     "Debbie Wexler Holm left. {s1 Wexler Holm} {k1 said} {c1 no}.\n\n@1 speaker=Debbie Wexler "
     "Holm"},
    {"a given name that men and women bear does not contradict the title",
     "The court, said Lee Orrin, had waited. {s1 Ms. Orrin} {k1 said} {c1 no}.\n\n@1 speaker=Lee "
     "Orrin"},
    {"a newspaper by the last word of its name",
     "She read it in the Harbour Post. {s1 The Post} {k1 said} {c1 the bridge was "
     "closed}.\n\n@1 speaker=Harbour Post | grade=institution"},
    {"one title is part of a company's name",
     "{s1 General Harness} {k1 said} {c1 it was late}, its spokesman told the press.\n\n@1 "
     "speaker=General Harness | grade=institution"},

    /* Nobody says who. */
    {"was expected: the subject does not speak",
     "{s1 Cole} {k1 is widely expected} {c1 to win}.\n\n@1 grade=unattributed"},
    {"was seen: nor here", "{s1 Ada Cole} {k1 was seen as} {c1 the stronger of the two}.\n\n@1 "
                           "grade=unattributed"},
    {"had been told: who is told does not speak",
     "{s1 The mayor} {k1 had been told} {c1 that the dam would hold}.\n\n@1 grade=unattributed"},
    {"seemed: what others see", "{s1 Ada Cole} {k1 seemed} {c1 calm}.\n\n@1 grade=unattributed"},
    {"is convinced: what the subject feels",
     "{s1 Ada Cole} {k1 is convinced} {c1 that the dam will hold}.\n\n@1 speaker=Ada Cole"},
    {"was quoted as saying: the subject speaks",
     "{s1 Ada Cole} {k1 was quoted as saying} {c1 that it rained}.\n\n@1 speaker=Ada Cole"},
    {"reportedly", "Ada Cole left at noon. {c1 The dam had} {k1 reportedly} {c1 failed}.\n\n@1 "
                   "grade=unattributed"},

    /* Reasons that stand elsewhere. */
    {"both of two sources",
     "{s1 An adviser to the mayor} {k1 said} {c1 yes}. {s2 A counsellor to her rival} {k2 said} "
     "{c2 "
     "no}. Both {r1,2 spoke anonymously because they had not cleared their remarks}.\n\n@1 "
     "speaker=an adviser to the mayor | grade=anonymous\n@2 speaker=a counsellor to her rival | "
     "grade=anonymous"},
    {"she asked, in the next sentence",
     "{s1 An Italian delegate} {k1 said} {c1 nobody had mentioned shells}. She {r1 asked not to be "
     "identified because she had not been cleared to speak}.\n\n@1 speaker=an Italian delegate | "
     "grade=anonymous"},
    {"the diplomat, in the next sentence",
     "{s1 A Baltic diplomat} {k1 said} {c1 no}. {s2 A guard} {k2 said} {c2 yes}. The diplomat {r1 "
     "is "
     "not permitted to give interviews}.\n\n@1 speaker=a Baltic diplomat | grade=anonymous\n@2 "
     "speaker=a guard | grade=anonymous"},
    {"the reason is no part of what stands for the name",
     "{s1 One harbour official who {r1 spoke on the condition of anonymity to discuss the plan}} "
     "{k1 said} {c1 no}.\n\n@1 speaker=one harbour official | grade=anonymous"},
    {"called by the trade only", "{s1 A gunner, {r1 asking to be called only by his trade},} {k1 "
                                 "said} {c1 yes}.\n\n@1 speaker=a "
                                 "gunner | grade=anonymous"},
    {"not everyone near: a bare plural is other people",
     "{s1 Two officials, {r1 who asked for anonymity},} {k1 said} {c1 yes}. {s2 Officials} {k2 "
     "point "
     "to} {c2 the rain}.\n\n@1 speaker=two officials | grade=anonymous\n@2 speaker=officials | "
     "grade=group"},
    {"what his country used is no reason",
     "{s1 A serving general} {k1 said} {c1 that his country had used most of the rockets it had "
     "been "
     "given}.\n\n@1 speaker=a serving general | grade=anonymous"},

    /* Who speaks where no source stands. */
    {"a participle behind its clause",
     "Marta Lind closed the bridge on Monday, {k1 calling} {c1 the ice thin}.\n\n@1 "
     "speaker=Marta Lind"},
    {"a participle behind a verb that stands before its subject",
     "{c1 \"The ice is thin,\"} {k1 said} {s1 Marta Lind} on Monday, {k2 adding} {c2 that nobody "
     "should cross}.\n\n@1 speaker=Marta Lind\n@2 speaker=Marta Lind"},
    {"a participle before its clause",
     "{k1 Expecting} {c1 a hard winter}, Mayor Marta Lind closed the bridge.\n\n@1 speaker=Marta "
     "Lind"},
    {"a participle before its clause, which was read as what is said",
     "{k1 Saying} {c1 the ice was thin, Marta Lind closed the bridge}.\n\n@1 speaker=Marta "
     "Lind"},
    {"a participle behind a conjunction",
     "But while {k1 denouncing} {c1 the old tolls}, Marta Lind raised them.\n\n@1 speaker=Marta "
     "Lind"},
    {"by doing: behind a preposition",
     "Marta Lind angered the town by {k1 suggesting} {c1 that the ferry was late}.\n\n@1 "
     "speaker=Marta Lind"},
    {"what a noun carries is not the subject's",
     "Marta Lind closed the bridge, {k1 raising fears} {c1 that the ferry would sink}.\n\n@1 "
     "grade=unattributed"},
    {"worth noting: nobody does",
     "Marta Lind closed the bridge. It is worth {k1 noting} {c1 that the ice was thin}.\n\n@1 "
     "grade=unattributed"},
    {"assuming is a conjunction",
     "{k1 Assuming} {c1 that the ice holds}, Marta Lind will cross.\n\n@1 grade=unattributed"},
    {"a second verb of the same subject",
     "Marta Lind closed the bridge on Monday and {k1 warned} {c1 that the ice was thin}.\n\n@1 "
     "speaker=Marta Lind"},
    {"a second verb goes with the outer statement",
     "{s1 Marta Lind} {k1 said} {c1 that Tom Fry had not asked} but {k2 conceded} {c2 that the ice "
     "was thin}.\n\n@1 speaker=Marta Lind\n@2 speaker=Marta Lind"},
    {"a second verb in the passive is said of the subject",
     "Marta Lind lives by the bridge and {k1 was known as} {c1 a fine skater}.\n\n@1 "
     "grade=unattributed"},
    {"the agent behind a passive",
     "{s1 Marta Lind} {k1 was sharply criticized} by Tom Fry {c1 for closing the bridge}.\n\n@1 "
     "speaker=Tom Fry"},
    {"no agent: a day",
     "{s1 Marta Lind} {k1 was expected} by Friday {c1 to open the bridge}.\n\n@1 "
     "grade=unattributed"},
    {"who follows the verb behind a quotation",
     "Tom Fry read it. {c1 \"The ice is thin,\"} {k1 says} {c1 a leaflet of the harbour "
     "office}.\n\n@1 speaker=a leaflet | grade=institution"},
    {"is incensed: what the subject feels",
     "{s1 Fishermen} {k1 were incensed} {c1 that the bridge was closed}.\n\n@1 "
     "speaker=fishermen | grade=group"},
    {"is terrified",
     "Marta Lind closed the bridge. {s1 She} {k1 is terrified of} {c1 a thaw}.\n\n@1 "
     "speaker=Marta Lind"},

    /* Who is spoken of, and who speaks. */
    {"asked by nobody named: the subject does not speak",
     "Peter Cole met the press. {s1 Cole} {k1 was asked} {c1 whether the bridge would "
     "open}.\n\n@1 grade=unattributed"},
    {"reported to have said: the subject speaks",
     "Peter Cole met the press. {s1 Cole} {k1 was reported to have said} {c1 that the bridge "
     "would open}.\n\n@1 speaker=Peter Cole"},
    {"who draws criticism does not utter it",
     "{s1 The harbour office} {k1 has drawn criticism for} {c1 closing the bridge}.\n\n@1 "
     "grade=unattributed"},
    {"who faces questions does not ask them",
     "{s1 Marta Lind} faced a long list of {k1 questions about} {c1 the bridge}.\n\n@1 "
     "grade=unattributed"},
    {"those from whom the criticism comes",
     "{s1 Marta Lind} has faced {k1 criticism} from fishermen {c1 that the bridge is "
     "closed}.\n\n@1 speaker=fishermen | grade=group"},
    {"who raises questions asks them",
     "{s1 Marta Lind} {k1 has raised questions about} {c1 the bridge}.\n\n@1 speaker=Marta Lind"},
    {"is, in short, with a participle of being seen",
     "Marta Lind closed the bridge. {s1 She}{k1 's seen} {c1 as a careful mayor}.\n\n@1 "
     "grade=unattributed"},
    {"has, in short, with a participle of saying",
     "Marta Lind closed the bridge. {s1 She}{k1 's said} {c1 that the ice is thin}.\n\n@1 "
     "speaker=Marta Lind"},
    {"a passive whose auxiliary is no part of the cue",
     "Marta Lind closed the bridge. {s1 She} was {k1 told} {c1 that the ice was thin}.\n\n@1 "
     "grade=unattributed"},
    {"it is clear: nobody says so",
     "The harbour office closed the bridge. {s1 It} {k1 is not clear} {c1 when it will "
     "open}.\n\n@1 grade=unattributed"},
    {"it is confident: somebody is",
     "The harbour office closed the bridge. {s1 It} {k1 is confident} {c1 that it will "
     "open}.\n\n@1 speaker=the harbour office | grade=institution"},
    {"there are fears: nobody's",
     "The bridge is closed. {s1 There} {k1 are fears} {c1 that it will fall}.\n\n@1 "
     "grade=unattributed"},
    {"reportedly: nobody tells who reports it",
     "{s1 Marta Lind} {k1 reportedly} {c1 closed the bridge}.\n\n@1 grade=unattributed"},
    {"regarded as: by whom, nobody tells",
     "{s1 Marta Lind}, {k1 regarded} {c1 as a careful mayor}, closed the bridge.\n\n@1 "
     "grade=unattributed"},
    {"what somebody described as: a relative clause",
     "Ida Hart closed the bridge, {c1 a step that} {s1 Marta Lind} {k1 described} {c1 as "
     "rash}.\n\n@1 speaker=Marta Lind"},
    {"a person called by one name, and the pronoun for him: both named",
     "{s1 Harlan} {k1 warned} {c1 of a flood}. {s2 He} {k2 said} {c2 it would rain}.\n\n"
     "@1 speaker=Harlan\n@2 speaker=Harlan"},
    {"verb with a capital behind the name in a headline",
     "{s1 Joan Cole} {k1 Just Gave} {c1 Her Answer On The Bridge}\n\nJoan Cole spoke on "
     "Friday.\n\n@1 speaker=Joan Cole"},
};

enum { CASE_COUNT = sizeof cases_table / sizeof *cases_table };

static void open_all(void) {
    const char *texts[CASE_COUNT];
    for (int i = 0; i < CASE_COUNT; i++)
        texts[i] = cases_table[i].article;
    open_marked_cases(texts, CASE_COUNT);
}

static void check_statement(size_t index, const article *a, const annotated_quote *quote,
                            const attribution *said) {
    const identify_case *expected = &cases_table[index];
    (void)a;
    bool named = quote->grade == ANONYMITY_NAMED;
    text_view found = said->speaker.name;
    if (!quote->doubtful) {
        ck_assert_msg(named ? speaker_matches_strictly(quote->speaker_name, found)
                            : speaker_matches(quote->speaker_name, found, false),
                      "%s: the speaker is \"%.*s\", not \"%.*s\"", expected->shows,
                      SHOW(quote->speaker_name), SHOW(found));
        ck_assert_msg(quote->grade == said->anonymity.grade,
                      "%s: the grade of \"%.*s\" is %s, not %s", expected->shows, SHOW(found),
                      anonymity_grade_name(quote->grade),
                      anonymity_grade_name(said->anonymity.grade));
    }
    ck_assert_msg(!quote->speaker_role.len || view_equal(quote->speaker_role, said->speaker.role),
                  "%s: the role is \"%.*s\", not \"%.*s\"", expected->shows,
                  SHOW(quote->speaker_role), SHOW(said->speaker.role));
    ck_assert_msg(quote->reason.len ? reason_matches(quote->reason, said->anonymity.reason)
                                    : said->anonymity.reason.len == 0,
                  "%s: the reason is \"%.*s\", not \"%.*s\"", expected->shows, SHOW(quote->reason),
                  SHOW(said->anonymity.reason));
    ck_assert(said->speaker.score >= 0 && said->speaker.score <= 1);
    float hidden = said->anonymity.score;
    ck_assert_msg((hidden == 1) == (said->anonymity.grade == ANONYMITY_UNATTRIBUTED) &&
                      (said->anonymity.grade != ANONYMITY_NAMED || hidden <= 0.05f),
                  "%s: %s with a score of %g", expected->shows,
                  anonymity_grade_name(said->anonymity.grade), (double)hidden);
    ck_assert((said->anonymity.reason.len > 0) ==
              (said->anonymity.reason_bytes.end > said->anonymity.reason_bytes.begin));
}

START_TEST(finds_the_speaker) {
    check_marked_case((size_t)_i, check_statement);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("identify");
    tcase_add_unchecked_fixture(c, open_all, close_marked_cases); /* once for all cases */
    tcase_add_loop_test(c, finds_the_speaker, 0, CASE_COUNT);
    return c;
}

SUITE_MAIN("identify")
