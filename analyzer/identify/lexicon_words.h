/* lexicon_words.h: the word lists of lexicon.c, one entry a class set. Collected by hand. */
#ifndef IDENTIFY_LEXICON_WORDS_H
#define IDENTIFY_LEXICON_WORDS_H

#include "identify/lexicon.h"

typedef struct word_list {
    uint32_t classes;
    const char *words; /* lower case, separated by blanks */
} word_list;

typedef struct use_list {
    uint32_t uses;
    const char *words; /* as above */
} use_list;

// clang-format off
static const word_list word_lists[] = {
{WORD_TIME, "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday tomorrow tonight jan feb aug sept oct nov dec"},
{WORD_HONORIFIC | WORD_MALE, "mr mister messrs monsieur herr señor senor"},
{WORD_HONORIFIC | WORD_FEMALE, "mrs ms miss madame madam frau señora senora"},
{WORD_HONORIFIC, "dr doctor prof"},
{WORD_TITLE | WORD_MALE, "sir lord"},
{WORD_TITLE | WORD_FEMALE, "dame lady baroness"},
{WORD_TITLE, "president vice prime minister secretary senator sen sens representative rep reps congressman "
    "congresswoman governor gov govs general gen colonel col lieutenant lt major maj captain capt sergeant sgt "
    "admiral adm commander cmdr cpl corporal pvt private brig brigadier marshal mayor judge justice chief "
    "king queen prince princess emperor sultan sheikh pope cardinal archbishop bishop rev reverend father "
    "rabbi imam ayatollah ambassador chancellor premier speaker councilman councilwoman councillor councilor "
    "sheriff deputy detective officer inspector constable superintendent attorney solicitor "
    "professor dean chairman chairwoman chair director commissioner delegate del assemblyman assemblywoman "
    "assemblymember lawmaker candidate former then-president ex-president acting first taoiseach envoy coach "
    "spokesman spokeswoman spokesperson minority majority leader whip lieutenant-general"},
{WORD_PERSON | WORD_SINGLE_OFFICE, "president premier chancellor king queen pope emperor taoiseach governor mayor "
    "chairman chairwoman ambassador commander-in-chief nominee chief-of-staff ceo speaker pontiff monarch "
    "commander-in-chief incumbent frontrunner front-runner billionaire mogul"},
{WORD_PERSON | WORD_SINGLE_OFFICE, "minister secretary chief head leader boss director chair commissioner "
    "founder co-founder cofounder owner superintendent principal dean coroner sheriff treasurer publisher"},
{WORD_PERSON | WORD_VAGUE, "official source person individual insider figure somebody someone anyone one"},
{WORD_PERSON, "vice-president vice-chairman deputy aide adviser advisor spokesperson representative senator "
    "lawmaker legislator congressman congresswoman congressmember parliamentarian deputy delegate diplomat envoy "
    "negotiator mediator statesman politician candidate contender challenger opponent rival hopeful contestant "
    "strategist operative consultant pollster analyst expert specialist economist scientist researcher scholar "
    "academic professor lecturer historian author writer novelist poet columnist commentator pundit critic "
    "journalist reporter correspondent editor anchor host moderator interviewer blogger photographer producer "
    "lawyer attorney solicitor barrister prosecutor judge justice magistrate juror plaintiff defendant suspect "
    "victim witness bystander survivor resident villager citizen voter neighbor neighbour "
    "doctor physician surgeon nurse medic paramedic midwife psychologist psychiatrist epidemiologist patient "
    "soldier officer general colonel lieutenant major captain sergeant corporal private admiral commander marine "
    "sailor pilot gunner sniper fighter militant rebel insurgent recruit conscript veteran troop drone-operator "
    "operator crewman crew-member guard policeman policewoman detective investigator inspector agent spy "
    "informant whistleblower whistle-blower smuggler hacker "
    "teacher student pupil graduate alumnus coach player athlete striker manager executive banker trader broker "
    "investor donor fundraiser lobbyist entrepreneur businessman businesswoman industrialist merchant shopkeeper "
    "farmer worker employee staffer staff-member contractor engineer technician mechanic electrician plumber miner "
    "builder architect driver trucker cashier clerk waiter waitress bartender chef cook baker designer artist actor "
    "actress singer musician comedian filmmaker filmgoer playwright dancer celebrity "
    "activist campaigner organizer organiser advocate protester protestor demonstrator marcher volunteer supporter "
    "backer ally loyalist follower fan friend colleague associate confidant confidante acquaintance insider "
    "surrogate detractor foe skeptic sceptic opponent dissident exile refugee migrant immigrant asylum-seeker "
    "pensioner retiree tourist visitor passenger traveler traveller customer consumer client buyer seller "
    "shareholder tenant landlord homeowner caller user viewer reader listener speaker participant attendee "
    "member chief-executive administrator regulator watchdog auditor accountant planner officeholder "
    "bureaucrat technocrat councilman councilwoman councillor councilor alderman clergyman priest pastor vicar "
    "preacher bishop archbishop cardinal rabbi imam cleric monk nun missionary theologian "
    "child teen teenager youth adult newcomer native speechwriter ghostwriter biographer translator interpreter "
    "mediator arbitrator observer monitor onlooker peacekeeper rescuer firefighter lifeguard "
    "superdelegate elector caucusgoer caucus-goer millennial independent conservative liberal moderate progressive "
    "libertarian socialist communist nationalist populist separatist leftist rightist extremist radical centrist "
    "moderate evangelical christian muslim jew catholic hindu buddhist sikh atheist believer "
    "spokesperson receptionist narrator questioner claimant petitioner signatory applicant nominee appointee "
    "successor predecessor counterpart peer superior subordinate bodyguard chauffeur "
    "gardener fisherman hunter sailor skipper ranger scientist physicist chemist biologist astronomer "
    "mathematician philosopher sociologist anthropologist archaeologist geologist meteorologist forecaster "
    "climatologist environmentalist ecologist conservationist "
    "consul attaché attache handler trainee instructor infantryman prefect governor-general viceroy regent "
    "lance-corporal rifleman medic sapper gunner layer quartermaster bosun helmsman navigator controller dispatcher "
    "signaller signaler introducer secretary-designate president-elect chancellor-designate undersecretary "
    "under-secretary permanent-secretary attorney-general ombudsman rapporteur archivist librarian curator "
    "bookseller florist grocer butcher tailor barber hairdresser carpenter welder mason plumber roofer fireman "
    "stationmaster conductor stoker beekeeper shepherd rancher forester vintner brewer grandmaster sexton "
    "choirmaster headmaster headmistress schoolteacher lecturer tutor provost rector registrar caretaker janitor "
    "pharmacist dentist vet veterinarian optician radiologist cardiologist anaesthetist therapist carer nanny "
    "translator orderly chaplain deacon verger envoy plenipotentiary emissary signatory delegate "
    "freshman sophomore junior lawman mogul magnate tycoon heir heiress icon star legend hero "
    "hostage captive prisoner inmate detainee convict offender attacker assailant gunman shooter bomber terrorist "
    "jihadist warlord dictator strongman autocrat despot oligarch tsar czar vassal mandarin cabinet-member "
    "backbencher frontbencher peer mp mep md phd"},
{WORD_PERSON | WORD_PARTY | WORD_FIGURE, "democrat republican tory labourite"},
{WORD_PERSON | WORD_FIGURE, "candidate contender hopeful nominee front-runner frontrunner incumbent challenger senator "
    "congressman congresswoman businessman businesswoman billionaire millionaire mogul magnate tycoon developer "
    "neurosurgeon star socialist libertarian lawmaker heiress celebrity"},
{WORD_PERSON | WORD_MALE, "man gentleman guy boy lad businessman policeman fisherman congressman chairman councilman "
    "alderman salesman serviceman airman statesman layman nobleman gunman crewman spokesman anchorman cameraman "
    "clergyman handyman tradesman groom actor waiter king prince emperor duke lord monk priest father-of-two"},
{WORD_PERSON | WORD_FEMALE, "woman lady girl businesswoman policewoman congresswoman chairwoman councilwoman "
    "spokeswoman saleswoman servicewoman anchorwoman bride actress waitress queen princess empress duchess nun "
    "housewife homemaker heiress mother-of-two midwife"},
{WORD_PERSON | WORD_KIN | WORD_MALE, "father dad husband son brother grandfather uncle nephew grandson widower "
    "stepfather stepson son-in-law father-in-law brother-in-law boyfriend half-brother"},
{WORD_PERSON | WORD_KIN | WORD_FEMALE, "mother mom mum wife daughter sister grandmother aunt niece granddaughter "
    "widow stepmother stepdaughter daughter-in-law mother-in-law sister-in-law girlfriend half-sister"},
{WORD_PERSON | WORD_KIN, "parent grandparent sibling spouse cousin relative fiance fiancee fiancée fiancé partner twin"},
{WORD_PERSON, "contributor developer taxpayer neurosurgeon loser islamist defender standard-bearer bully killer elder "
    "underdog rapist competitor sponsor foreigner supremacist proponent lender intellectual recipient "
    "coordinator feminist fascist committeeman committeewoman borrower bigot baron aggressor traitor responder "
    "earner cop accuser seeker reformer murderer educator boxer warrior trustee servant scout maverick knight "
    "intern dealer advertiser vendor ruler recruiter leaker intruder dreamer capitalist arbiter villain "
    "stalwart spectator runner presenter announcer patron nativist mentor jurist heckler golfer financier "
    "felon endorser confederate burglar bachelor admirer undergraduate teamster supervisor motorist holdout "
    "heavyweight crusader creditor creator combatant booster beneficiary wonk thug theorist steward rookie "
    "rider reveler predator philanthropist mourner islander hater hardliner entertainer drunk diner demagogue "
    "classmate antagonist addict visionary troll toddler steelworker stakeholder shipowner raider prophet "
    "pirate perpetrator patriarch painter messenger machinist infant homosexual grower fugitive enforcer "
    "culprit caregiver canvasser astronaut alcoholic adherent wizard vigilante usher trafficker technologist "
    "teller sympathizer sympathiser superstar skater screenwriter scion runner-up roommate reviewer referee "
    "rapper prostitute pragmatist pioneer peasant parishioner opportunist occupant millionaire lightweight "
    "idealist hypocrite guru go-between genius freelancer fanatic exporter examiner enthusiast doubter "
    "descendant contrarian constitutionalist comrade catcher cadet butler guest civilian respondent formateur "
    "interlocutor panelist panellist emcee landlady formulator drafter adolescent commuter shopper dockworker "
    "docker cabbie paratrooper artilleryman draftee evacuee townsman townswoman iowan ohioan floridian texan "
    "arizonan kentuckian nevadan californian kansan oregonian virginian georgian hoosier"},
{WORD_PEOPLE, "italians australians koreans indians pakistanis egyptians arabs kurds muslims christians jews catholics "
    "evangelicals protestants mormons hindus sunnis shiites africans asians hungarians swedes norwegians danes "
    "finns dutch spaniards greeks romanians bulgarians serbs croats czechs slovaks lithuanians latvians "
    "estonians georgians armenians belarusians moldovans saudis libyans yemenis somalis nigerians kenyans "
    "brazilians venezuelans colombians argentines filipinos vietnamese indonesians conservatives liberals "
    "progressives moderates independents centrists"},
{WORD_PEOPLE, "people police crowd majority minority percent half third quarter public electorate folks everyone "
    "everybody nobody most many some others few those several all none staff personnel family community "
    "audience youth elite elites establishment base wing faction camp clergy cavalry troops forces "
    "rank-and-file grassroots americans britons europeans ukrainians russians chinese germans french poles "
    "israelis palestinians iranians iraqis syrians afghans turks canadians mexicans cubans latinos hispanics "
    "blacks whites women men children kids parents youngsters voters millennials two-thirds three-quarters "
    "one-third one-quarter dozens hundreds thousands millions scores generation mob rioters onlookers"},
{WORD_QUANTITY, "another other latter some several many most few two three four five six seven eight nine ten eleven twelve dozen dozens "
    "hundreds thousands millions scores various numerous both multiple more fewer all countless half"},
{WORD_BODY, "campaign administration government ministry department agency bureau committee subcommittee commission "
    "council board panel court tribunal parliament congress senate house assembly legislature cabinet embassy "
    "consulate company corporation firm conglomerate bank fund exchange airline manufacturer maker retailer chain "
    "startup start-up group organization organisation association union federation league coalition alliance "
    "network foundation institute institution university college school hospital church charity nonprofit "
    "non-profit ngo party caucus team office service force army navy military air-force command headquarters "
    "brigade battalion regiment division unit corps guard squadron authority authorities regime state nation "
    "country republic kingdom union bloc city town county province region district municipality pac super-pac "
    "think-tank thinktank club society lobby center centre trust consortium task-force taskforce delegation "
    "mission secretariat presidency kremlin pentagon industry sector movement opposition leadership staff "
    "watchdog regulator prosecution defense defence judiciary establishment operation pair camp faction "
    "supplier contractor distributor utility monitor militia junta monarchy treasury"},
{WORD_BODY | WORD_OUTLET, "newspaper magazine network broadcaster station channel website site outlet tabloid "
    "daily weekly paper media press newsroom blog agency wire newswire"},
{WORD_DOCUMENT, "poll survey report study research analysis review statement letter email e-mail memo memorandum "
    "document dossier record file filing complaint lawsuit suit petition ruling decision judgment verdict opinion order "
    "law bill act legislation statute constitution treaty agreement deal accord pact resolution proposal plan "
    "platform manifesto amendment rule regulation guideline policy transcript video audio recording tape footage "
    "clip film documentary ad advertisement commercial spot billboard sign poster banner leaflet flyer pamphlet "
    "tweet post message text caption headline article story column editorial op-ed essay book memoir biography "
    "novel chapter page website webpage site blog press-release release announcement communique communiqué "
    "bulletin newsletter notice alert advisory warning assessment evaluation audit inquiry enquiry investigation "
    "probe finding data figure statistic number evidence result map chart table list index summary draft "
    "note diary journal questionnaire affidavit indictment warrant testimony deposition motion brief subpoena "
    "contract invoice receipt account profile interview piece series speech address remark quote slogan chant "
    "disclaimer script song lyric theory science census estimate forecast projection model average "
    "tracker tally missive cable dispatch paper polling count returns ballot roster log logbook minutes ledger registry "
    "database dataset spreadsheet simulation experiment calculation ranking rating handbook textbook manual "
    "dictionary inscription plaque mural cartoon photograph photo picture image graphic logo hashtag meme trailer "
    "episode podcast poem verse hymn obituary  provision clause wording preamble footnote literature"},
{WORD_HEADLINE_VERB, "says say said tells told calls called urges urged wants vows vowed plans slams slammed hits attacks attacked "
    "accuses accused warns warned seeks sought wins won backs backed blames claims defends denies denounces demands "
    "draws drops faces fires gets gives goes has hopes insists is joins keeps launches leads leaves loses makes meets "
    "mocks names offers opens pledges praises presses promises pushes questions quits raises rallies rejects refuses "
    "releases rips runs sees sends sets shares signs speaks stands starts suggests supports takes talks targets thinks "
    "touts tries turns unveils uses visits was will would argues asks believes endorses holds cancels admits announces"},
/* Every word that reason_words.c looks for first. */
{WORD_REASON, "affiliation agency allow allowed allows anonymity anonymous anonymously arrested attribution "
    "authorisation authorised authority authorization authorized background banned bans barred bars called "
    "callsign callsigns clearance cleared condition confidentiality country demoted department described "
    "disciplined discretion dismissed employer empowered entitled fired forbade forbid forbidden forbids free "
    "identified identify identifying identities identity initial initials known leave liberty licence license "
    "lose meant name named nameless names naming nickname nicknames not-for-attribution office openly "
    "overheard penalised penalized permission permit permits permitted precluded privacy privately prohibit "
    "prohibited prohibits promise prosecuted proviso publicly punished quoted rank record reprimanded rule "
    "rules sacked secrecy seen sign signs speak supposed surname surnames talk terms unauthorised unauthorized "
    "understanding unnamed"},
{WORD_SUFFIX, "jr sr ii iii iv"},
{WORD_PARTICLE, "de da do dos das del della di du la le van von der den ten ter bin ibn ben abu al el st st. san "
    "santa af av zu y e"},
{WORD_CAPITAL, "washington kyiv kiev moscow london paris berlin brussels beijing tokyo seoul pyongyang tehran "
    "ankara warsaw rome madrid vienna budapest prague bratislava bucharest sofia athens lisbon dublin copenhagen oslo "
    "stockholm helsinki tallinn riga vilnius minsk chisinau tbilisi yerevan baku astana tashkent "
    "cairo jerusalem damascus baghdad kabul islamabad delhi jakarta manila hanoi canberra ottawa brasilia "
    "caracas havana bogota riyadh doha amman beirut tripoli tunis rabat algiers khartoum nairobi pretoria "
    "taipei bern zagreb belgrade sarajevo pristina skopje tirana kremlin"},
{WORD_BODY_NAME, "committee party university college institute association council department ministry bureau "
    "agency commission court congress senate house parliament assembly union federation league alliance foundation "
    "center centre bank corporation corp inc llc ltd co company group partners times post journal news tribune herald gazette "
    "courier guardian press reuters magazine network radio television tv cnn nbc abc cbs pbs bbc msnbc fox npr ap afp "
    "politico breitbart bloomberg army navy force corps guard police office campaign pac fund society club church "
    "school hospital administration authority service services board exchange project organization organisation "
    "nations nato eu un who imf fbi cia nsa irs epa fda cdc doj gop dnc rnc aclu nra naacp afl-cio pentagon kremlin "
    "white pentagon democrats republicans tories campaign team pact forum initiative coalition action research "
    "technologies systems industries international global holdings airlines airways motors watch observatory embassy "
    "secretariat summit brigade battalion regiment division command staff chamber"},
{WORD_BODY_NAME | WORD_COMPANY, "twitter facebook google forbes youtube instagram linkedin reddit snapchat tinder uber airbnb "
    "netflix amazon microsoft nielsen gallup politifact factcheck buzzfeed gawker huffpost reuters politico cnn msnbc nbc cbs pbs npr exxon exxonmobil boeing lockheed raytheon toyota walmart starbucks nabisco "
    "wikileaks hezbollah hamas isis"},
{WORD_GIVEN_MALE, "james john robert michael william david richard joseph thomas charles christopher daniel matthew "
    "anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan "
    "jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick "
    "raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter "
    "christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jesse bryan billy bruce joe "
    "gabriel logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene "
    "bill bob jim tom mike dave rick rich dick chuck chris dan matt tony steve andy josh ken tim ron ed jeff greg nick "
    "jon sam ben frank pat ray larry jerry ted phil stan marty marco ted bernie rand jeb lindsey mitch rudy newt barack "
    "ivan vladimir dmitry sergei sergey mikhail nikolai oleksandr oleksii volodymyr andriy yuriy yuri viktor petro mykola "
    "dmytro vitaliy serhiy oleg igor boris alexei alexey anatoly pavel maksym denys kyrylo rustem yevhen taras bohdan "
    "hans karl klaus wolfgang jürgen olaf friedrich stefan dieter heinz jens lars bjorn erik sven nils ole anders "
    "jean pierre françois francois emmanuel jacques michel philippe louis luc antoine nicolas henri rene sebastien "
    "carlos luis jorge pedro miguel juan antonio manuel francisco javier fernando alejandro diego pablo raul rafael "
    "giuseppe giovanni antonio matteo luigi sergio silvio paolo mario marco lorenzo andrea francesco enrico "
    "mohammed muhammad mohamed ahmed ali hassan hussein omar ibrahim mustafa yusuf abdul abdullah khalid karim tariq bashar "
    "recep benjamin yair naftali ehud shimon avi moshe david itamar ariel "
    "xi wei jun hiroshi kenji shinzo taro akira kim narendra rahul amit arun sanjay vijay ravi imran nawaz "
    "keir rishi boris gordon nigel jeremy alistair graham clive hugh ian neil simon gareth rhys owen liam declan "
    "seamus conor brendan niall malcolm duncan angus hamish stuart jens mark rob lloyd antony jake isaac leo max "
    "oscar felix victor hugo theo simon martin lee craig todd brad chad kurt kirk dean glenn dale earl clarence leonard "
    "norman marvin floyd lewis harry harvey howard herbert herb stanley leon alfred fred freddie ernest lester melvin "
    "calvin ross barry jay joel marcus darrell darren derek travis corey curtis dwight mitt mick rex rod ross wes wesley "
    "tim kit ezra caleb cody luke levi seth gavin trevor colin evan ian piers rupert giles toby "
    "abraham adolf adriaan adrian al alasdair alastair alec alex alfonso alfredo allan alvaro alvin andre "
    "andreas andres angelo anwar ari arjun armin arne arnold artem artemio artur arturo asher ashley ashok "
    "ashton augusto axel aziz barney bartosz basil benny bernard bertrand beverly bilal boyd brady brent bret "
    "brett brock bruno bryce burt byron cameron carlton carol cary casey cecil cedric cesar charlie chester "
    "christoph christophe claude claudio clay clayton cliff clifford clifton clint clyde colm cormac cory "
    "courtney cristian curt cyril cyrus damian damien damon dana dante darius darryl dawid deepak denny desmond "
    "devin dewey dexter dinesh dino dirk dom dominic dominik dominique don donnie doug drew duane dustin dwayne "
    "eamon eddie edgar edmund eduardo edwin efraim eli elias elliot elliott emil emile emilio enrique enzo eoin "
    "erich erick ernesto esteban everett fabian fabio faisal farid federico felipe fergus fernand fidel filippo "
    "finn fintan fletcher florian francis frankie frederic frederick frederik fredrik fritz gabor gail ganesh "
    "garrett garry gaston geert gene geoff geoffrey georg georges gerard gerardo gerhard gil gilbert gilberto "
    "giorgio gonzalo gopal grant gregor guido guillaume guillermo gus gustav gustavo hakeem hal hamid hamza hank "
    "hans-peter harald harish harlan hasan hector helmut henrik henryk herman hermann hernan hideo hiroki "
    "horace horst hubert humberto iain ignacio ilan ilya imad irving irwin ismael ismail ivo jaap jacek jackie "
    "jaime jakob jakub jamal jamie jamil janos jared jarrod javad jed jeffery jerome jerzy jessie jimmy joachim "
    "joao jocelyn jody johan johann johannes john-paul johnny jonah jonas jonny jordan jorgen josef josip jozef "
    "jules julian julien julio julius justus kai kamil kareem karl-heinz kaspar kay kazimierz kazuo keegan kelly "
    "kelvin kenny kent kerry khaled konrad konstantin kostas kris krishna krzysztof lamar lance laszlo laurence "
    "laurent lauri laurie lech lenny leonardo leonid leopold leslie lew lex lindsay lionel lonnie loren lorne "
    "lou lucas lucian luciano luka lukas lukasz luther lyle lyndon lynn mack magnus mahesh mahmoud malik manny "
    "manoj marc marcel marcelo marcin marek mariano marion marlon masao mathias mathieu matthias maurice "
    "mauricio maximilian mehdi mehmet mel merle micah mickey mihai mikael mikko milan miles milos milton minoru "
    "mircea misha mitchell mo mohsen monty morgan moses mukesh murray nabil nadir naoto nasser nate ned nelson "
    "nicky nico niels nikos noel norbert norm octavio olav oliver ollie omer orville osama osman osvaldo otis "
    "otto padraig pascal patricio pawel peder pervez pete petr petros phillip piotr prakash quentin quincy quinn "
    "rafiq rahm rainer rajesh rajiv ralf ramesh rami ramiro ramon ramzi raphael rashid rasmus rauf reggie "
    "reginald reid reinhard reuben reza riad ricardo riccardo ricky riley robbie robby roberto robin roderick "
    "rodney rodrigo rogelio rohit roland rolf romain roman ronaldo ronnie rory roscoe ruairi ruben rudi rudolf "
    "rudolph rufus russ saad saeed salah salim salman salvador salvatore sami samir sammy sandeep sandro "
    "sanjeev santiago sasha satish satoshi saul scot scotty sebastian selim shane shannon sharif shashi shaun "
    "shawn shelby sheldon sid sidney slobodan solomon stacy stefano steffen stephan stephane stevie stewart stu "
    "sunil suresh svein sydney sylvester tadeusz takashi takeshi tarek teddy terence terrance terrell terrence "
    "thaddeus theodore thierry tibor timo tobias tod tomas tomasz tommie tommy toshio tracy trent tristan ty "
    "tyrone ulrich umberto val valentin valery vasily vaughn vernon vic vicente vikram vince vinod virgil vito "
    "vivian vlad vladislav waldemar walid walt warren warwick wendell werner whitney wilbur wilfred wilfried "
    "wilhelm willem willy winston witold wojciech woodrow wyatt xavier yahya yannis yasser yogesh yosef yoshi "
    "yoshihiko younis youssef yukio zachariah zack zaid zaki zbigniew zoltan"},
{WORD_GIVEN_FEMALE, "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra "
    "margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia "
    "dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn "
    "janet maria olivia heather helen catherine diane julie victoria joyce lauren kelly christina ruth joan virginia judith "
    "evelyn hannah andrea megan cheryl jacqueline madison teresa abigail sophia martha sara gloria janice kathryn ann "
    "anne isabella judy charlotte julia grace amber alice jean denise frances danielle marilyn natalie beverly diana "
    "brittany theresa kayla alexis doris lori tiffany hillary carly melania ivanka kellyanne chelsea huma debbie donna "
    "michele condoleezza loretta elena sonia ruth nikki kamala jill tulsi elise liz nancy claire susan hope omarosa sally "
    "olena yulia oksana iryna irina natalia natalya svetlana tatiana tetiana olha olga maryna kateryna daria anastasia "
    "ludmila lyudmila valentina galina halyna nadia marina maria lesya ursula annalena angela heike petra sabine "
    "ingrid astrid mette sanna kaja marie claire brigitte marine segolene ségolène christine sylvie camille juliette "
    "theresa priti yvette angela nicola rachel emily harriet fiona gillian kirsty siobhan aoife niamh ciara "
    "ana lucia carmen isabel pilar rosa elena sofia gabriela valeria dolores mercedes guadalupe beatriz "
    "giorgia chiara giulia francesca federica fatima aisha leila layla maryam zainab noor yasmin "
    "priya anjali sunita indira sonia mei ling yuki keiko aung park megyn kate katie kathy kim kristen kirsten kirstjen "
    "beth betsy becky jane janet jenny jan jo joanna josephine joy june kay kerry lena leslie lily lois lorraine lucy lynn "
    "mabel mae maggie marcia marion maxine meredith mildred molly monica nadine naomi nina nora norma paula peggy penny "
    "phyllis regina renee rita roberta robin rose rosemary sheila sheryl stella sue sylvia tammy tina tracy vanessa vera "
    "vivian wanda wendy yvonne zoe eleanor ellen esther ethel florence gail georgia geraldine gina gwen gwendolyn hazel "
    "ida irene iris jackie holly hilda heidi faye faith erin erica elsie elaine eileen edith edna daisy connie colleen "
    "clara cindy cathy carrie carla candace caroline bonnie beatrice audrey april annie anita alicia alma agnes adele "
    "abby ada adela adelle aditi adriana agata agatha agnieszka aileen aimee alana alejandra aleksandra "
    "alessandra alessia alex alexandra alina alison alissa allison alyson alyssa amal amalia amani amelia amina "
    "amira amparo amrita anastasiya angelica angelina angelique angie anika anja anjelica anneke annette annika "
    "annmarie antoinette antonia ariana arianna arlene asha ashlee ava ayumi barb bea becca belinda bella "
    "bernadette bernice bertha bessie betsey bettina beulah bianca billie blanca blanche bobbie brandi bree "
    "bridget bridgette brigid britney brooke cameron camila carina carlotta carole carolina casey cassandra "
    "cassie catalina catarina cathleen cecelia cecile cecilia celeste celia chantal charlene chelsey cherie "
    "chris christa christi christiane christie christy cindi claudette claudia colette consuelo cora corinne "
    "cornelia courtney cristina dagmar dalal dalia dana danica daniela darlene dawn deanna deb deepa deirdre "
    "delia denice desiree dianne diego dina dominique dora doreen drew ebony edie elba eleonora eliana elisa "
    "elisabeth elisabetta eliza ella ellie eloise elsa elva elvira emiko emilia enid erika erna ernestine "
    "esmeralda esperanza estela estelle eugenia eunice eva evangeline eve fadia faiza farah farhana fatma fay "
    "felicia felicity filomena flora francine francis freda frieda fumiko gabrielle geeta gena genevieve gerda "
    "germaine gertrude ghada gilda giovanna gisela gladys glenda glenna greta gretchen gudrun guinevere gwyneth "
    "haley hana hanan hanna harriett hattie heloise henrietta hermine hiroko hortense huda ilana ilia "
    "ilse iman imelda imogen indra inez inge ioana irma isabelle isobel ivana izabela jacinta jacquelyn jaime "
    "jamie jamila jana janelle janette janine jasmine jayne jeanette jeanne jeannette jeannie jenifer jenna "
    "jennie jessie jillian joanne jocelyn jodi jody joelle johanna jolene jomana jordan josefina josie juana "
    "juanita judi jules juliana julianna julianne juliet jun junko justine kaitlin kaitlyn kara karin karla "
    "karolina katarina katharina katharine katherina kathie katja katrin katrina kavita kazuko kelli kellie "
    "kendra kerstin khadija khadijah kimberley kirstin kris krista kristin kristina kristine krystal lakshmi "
    "lana lara larissa lata latifa latoya laurie lea leah leanne lee leigh lenore leona leonie leonor lesley "
    "letitia liana libby lidia lila lilian liliana lillian lina lindsay lindsey lisbeth livia liza lola loraine "
    "loren lorena lorna lottie lou-ann louisa louise luann luciana lucille lucinda luisa lupe luz lydia lynda "
    "lynette lynne madeleine madeline magda magdalena maha maja malala malia mallory mamie manal mandy manuela "
    "marcella margaretha margarethe margarita margo margot marguerite mariam mariana marianna marianne maribel "
    "marielle marietta mariette marika marilena marisa marisol marissa marjorie marla marlene marnie marsha "
    "maryanne matilda maud maura maureen mavis max meena meenakshi mel melanne melba melina melinda mia micaela "
    "micah michaela michiko mickey mika mimi mindy minerva minnie miranda miriam misha mitzi mo moira mollie "
    "mona monika morgan muriel myra myrna myrtle nabila nadja nandini nanette naoko natasha nawal neha nell "
    "nellie nia nicky nicolette nikole nisha noel noelle noemi noreen odette ollie ottilie padma paige paloma "
    "pat patrice patti patty paulette paulina pauline philippa phoebe pia polly pooja quinn radha raisa ramona "
    "rana randi randy rania raquel rebekah reem rekha rene rhoda rhonda ricarda riley rima rina robbie robyn "
    "rochelle romy rory rosalie rosalind rosalyn rosanna rosanne roseanne rosemarie roxana roxanne sabrina "
    "sachiko sadie safia salma salome sam samar samira sana sasha saskia sawsan seema selena selenis selma "
    "serena shadia shana shannon shanti shari sharron shauna shawn sheena shelby shelia shelley shelly sherri "
    "sherry shirin shobha shonda sidney sigrid siham silvana silvia simona simone smita soledad solveig sonja "
    "sophie stacey stacy stefanie stevie suha susana susanna susanne sushma suzanne suzette svenja sybil sydney "
    "tabitha tamara tamika tania tanya tara tasha tatyana teri terri terry tessa thea thelma therese tiana toby "
    "tommie tomoko tonia tonya tracey tracie trish trisha trudy twila ulrike usha val valerie vandana velma "
    "verena verna veronica vicki vicky victoire viola virginie viviana viviane wafa whitney wilhelmina wilma "
    "winifred winnie xenia yael yamiche yasmine yesenia yoko yolanda yuri zahra zara zoya zuzana"},
};

static const use_list use_lists[] = {
{USE_POINTING, "the this that these those"},
{USE_ONE_OF_SEVERAL, "one another other latter"},
{USE_FIRST_PERSON, "i me my myself ourselves"},
{USE_FIRST_PERSON | USE_PLURAL_PRONOUN, "we us our"},
{USE_MALE_PRONOUN, "he him his himself"},
{USE_FEMALE_PRONOUN, "she her hers herself"},
{USE_PLURAL_PRONOUN, "they them their"},
{USE_AUXILIARY, "has have had may might can could will would does do did to"},
{USE_BEING, "was were is are been be \xE2\x80\x99re 're being \xE2\x80\x99m 'm am"},
{USE_BRIEF_BEING, "'s \xE2\x80\x99s"},
{USE_SEEMING, "seem seems seemed appear appears appeared"},
{USE_NAMING, "named called nicknamed name known"},
{USE_NAMING | USE_ALIAS, "sign pseudonym nickname"},
{USE_ALIAS, "only under"},
{USE_FEW, "two three four five 2 3 4 5 couple"},
{USE_INTERVIEW, "interview interviews interviewed reporters me us"},
{USE_UTTERANCE, "comment comments remark remarks argument arguments view views rhetoric response responses reply replies "
    "answer answers words message messages claim claims demand demands count tally plea warning warnings criticism "
    "pledge promise promises opinion testimony communications position stance speech speeches address"},
{USE_FOR_OTHERS, "spokesman spokeswoman spokesperson aide adviser advisor assistant deputy manager lawyer attorney "
    "interviewer reporter moderator presenter announcer narrator host anchor translator interpreter envoy organizer "
    "organiser representative"},
{USE_JURIST, "judge justice magistrate jurist"},
{USE_LAWMAKER, "senator sen. sen lawmaker legislator congressman congresswoman congressmember representative rep. rep "
    "assemblyman assemblywoman assemblymember parliamentarian mp mep deputy councillor councilor councilman councilwoman "
    "backbencher"},
{USE_LAWYER, "lawyer attorney counsel solicitor barrister litigator"},
{USE_BUSINESS, "businessman businesswoman mogul tycoon magnate billionaire millionaire developer entrepreneur investor "
    "industrialist executive financier"},
{USE_LEADER, "chief head leader boss president director chairman chairwoman chair ceo premier chancellor"},
{USE_ADVISER, "adviser advisor aide strategist consultant counselor counsellor assistant surrogate operative"},
{USE_SCHOLAR, "professor prof. prof academic scholar scientist researcher historian economist lecturer sociologist expert"},
{USE_PRESS, "reporter journalist correspondent columnist writer author editor anchor anchorman host commentator pundit "
    "broadcaster moderator blogger presenter"},
{USE_POLICE, "officer policeman policewoman detective sheriff constable cop"},
{USE_PHYSICIAN, "doctor physician surgeon neurosurgeon psychiatrist dr dr."},
{USE_SOLDIER, "general gen. gen colonel col. col major maj. captain capt. lieutenant lt. admiral adm. commander soldier "
    "veteran sergeant sgt. brigadier marine"},
{USE_STAGE, "actor actress star comedian celebrity singer musician entertainer artist performer"},
{USE_CANDIDATE, "candidate nominee contender hopeful frontrunner front-runner challenger contestant standard-bearer"},
{USE_CLERIC, "pastor preacher minister reverend rev. bishop archbishop priest cardinal pope rabbi imam cleric pontiff"},
};

/* Titles and their usual abbreviations. */
static const char *const title_forms[][2] = {
    {"sen", "senator"}, {"sens", "senators"}, {"rep", "representative"}, {"reps", "representatives"},
    {"gov", "governor"}, {"govs", "governors"}, {"gen", "general"}, {"col", "colonel"},
    {"lt", "lieutenant"}, {"capt", "captain"}, {"sgt", "sergeant"}, {"adm", "admiral"},
    {"maj", "major"}, {"cmdr", "commander"}, {"brig", "brigadier"}, {"rev", "reverend"},
    {"prof", "professor"}, {"dr", "doctor"}, {"del", "delegate"}, {"cpl", "corporal"},
    {"congressman", "representative"}, {"congresswoman", "representative"},
    {"sec", "secretary"}, {"min", "minister"}, {"amb", "ambassador"}, {"premier", "minister"},
    {"advisor", "adviser"}, {"defence", "defense"}, {"chairwoman", "chairman"}, {"chair", "chairman"},
    {"spokeswoman", "spokesman"}, {"spokesperson", "spokesman"}, {"gop", "republican"},
    {"dem", "democrat"}, {"democratic", "democrat"}, {"republicans", "republican"},
    {"boss", "chief"}, {"head", "chief"}, {"vt", "vermont"}, {"attorney", "lawyer"},
};

/* Short forms of given names. */
static const char *const given_name_forms[][2] = {
    {"bob", "robert"}, {"rob", "robert"}, {"bobby", "robert"}, {"bill", "william"}, {"billy", "william"},
    {"will", "william"}, {"jim", "james"}, {"jimmy", "james"}, {"mike", "michael"}, {"mick", "michael"},
    {"tom", "thomas"}, {"tommy", "thomas"}, {"dick", "richard"}, {"rick", "richard"}, {"rich", "richard"},
    {"ted", "edward"}, {"ed", "edward"}, {"eddie", "edward"}, {"joe", "joseph"}, {"dan", "daniel"},
    {"danny", "daniel"}, {"dave", "david"}, {"steve", "steven"}, {"steve", "stephen"}, {"chris", "christopher"},
    {"matt", "matthew"}, {"tony", "anthony"}, {"andy", "andrew"}, {"drew", "andrew"}, {"ken", "kenneth"},
    {"tim", "timothy"}, {"ron", "ronald"}, {"don", "donald"}, {"jeff", "jeffrey"}, {"greg", "gregory"},
    {"nick", "nicholas"}, {"jon", "jonathan"}, {"sam", "samuel"}, {"ben", "benjamin"}, {"pat", "patrick"},
    {"ray", "raymond"}, {"jerry", "gerald"}, {"larry", "lawrence"}, {"phil", "philip"}, {"chuck", "charles"},
    {"charlie", "charles"}, {"bernie", "bernard"}, {"bernie", "bernie"}, {"liz", "elizabeth"},
    {"beth", "elizabeth"}, {"betsy", "elizabeth"}, {"kate", "katherine"}, {"kathy", "kathleen"},
    {"katie", "katherine"}, {"peggy", "margaret"}, {"maggie", "margaret"}, {"sue", "susan"},
    {"debbie", "deborah"}, {"jen", "jennifer"}, {"jenny", "jennifer"}, {"becky", "rebecca"},
    {"cindy", "cynthia"}, {"vicky", "victoria"}, {"alex", "alexander"}, {"mitch", "mitchell"},
    {"rudy", "rudolph"}, {"gus", "augustus"}, {"max", "maximilian"}, {"vova", "volodymyr"},
    {"sasha", "oleksandr"}, {"tony", "antony"}, {"newt", "newton"}, {"fred", "frederick"},
};
// clang-format on

#endif
