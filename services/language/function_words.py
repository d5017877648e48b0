"""Small words that nearly every sentence has, by language: a few of them tell which language it is.

A word that two languages share counts for both. Measured beside libraries (docs/architecture.md).
"""

FUNCTION_WORDS = {
    "nl": (
        "ik je jij u uw mij me mijn mn jullie wij we zij ze hij hem haar hun ons het een de dit dat die deze er "
        "en of maar want dus ook nog al niet geen wel nee ja is ben bent zijn was waren heb heeft hebben had word "
        "wordt worden kan kun kunt kunnen mag mogen moet moeten wil wilt willen zal ga gaan gaat komt krijg "
        "krijgt krijgen doe doen doet weet hoe wat waar wie waarom wanneer welke hoeveel met van voor naar bij op "
        "in uit om aan over onder tot als dan toen nu hier daar te ter via zonder door tegen meer veel graag "
        "nieuwe geld gemeente uitkering bijstand werk werken huis vriend kind kinderen maand week dag jaar goed "
        "mensen moeder vader zoon dochter vrouw man nodig eerst hallo hoi goedemorgen goedemiddag ff mee zo toch "
        "even iemand niets iets alles altijd"
    ),
    "en": (
        "i you he she we they me him us them my your our their his her its it the a an this that these those "
        "there and or but because so also not no yes is am are was were be been being have has had do does did "
        "don't didn't doesn't can't cannot won't im i'm i've i'd i'll it's isn't get got getting can could may "
        "might must should would will shall want need know how what where who why when which much many with of "
        "for to from at by on out about into if then than now here without after before while until more please "
        "money benefit benefits allowance work working job house friend child children kids month week day year "
        "good people mother father son daughter wife husband hello hi thanks thank live living pay paid tell any "
        "some every still just only go going gone"
    ),
    "tr": (
        "bir ve bu şu o ben sen biz siz mi mı mu mü ne nasıl nerede neden niye kadar için icin ile var yok değil "
        "degil istiyorum lazım lazim gerekir gerekiyor olur oldu param para yardım yardim iş evet hayır hayir "
        "merhaba nereye ama çok cok benim bana kaç kac miyim mıyım geldi gelmedi eder misiniz olabilir alabilir "
        "ay gün yeni lütfen"
    ),
    "pl": (
        "i w z na do nie tak jest się sie czy jak co to ja ty mój moj moja moje mam mieć miec mogę moge chcę chce "
        "dla od po przez ale już juz gdzie kiedy dlaczego ile proszę prosze dzień dzien dobry zasiłek zasilek "
        "pracę prace praca pieniądze pieniadze pieniędzy dostać dostałem muszę musze jestem mi mnie tym tego ze "
        "za o"
    ),
    "es": (
        "el la los las un una de del que y en no se por para con mi mis su yo tú usted es soy estoy está puedo "
        "puede quiero necesito cómo como cuánto cuanto cuándo cuando dónde donde qué hola dinero trabajo ayuda "
        "este esta he ha tengo tener me al a sin pero si favor"
    ),
    "fr": (
        "le la les un une des de du que qui et en ne pas se pour par avec mon ma mes je tu vous nous il elle est "
        "suis ai a peux peut voudrais veux comment combien quand où pourquoi bonjour argent travail aide ce cette "
        "avoir être n'ai d'argent j'ai c'est est-ce au aux sans mais si chez moi puis-je"
    ),
    "de": (
        "ich du sie wir ihr er es der die das ein eine einen dem den und oder aber nicht kein keine ist bin sind "
        "war habe hat haben kann darf muss möchte will wie was wo wer warum wann wieviel viel mit von für zu bei "
        "auf aus um an über wenn dann mein meine mir mich guten tag geld arbeit diesen diese dieser im am zum zur "
        "ins hallo bekommen auch noch"
    ),
    "so": (
        "waxaan waxaa waa ma iyo oo in ka ku u la ay aan uu inaan rabaa lacag lacagta shaqo bishan maxaa sidee "
        "goorma halkee xagee caawimaad gargaar salaan cusub karaa leeyahay intee ii si baan ayaa ayaan miyaan"
    ),
    "ro": (
        "și si în nu este sunt am ai are pot cum ce unde când cand cât câți de la cu pentru din un o bună ziua "
        "bani banii muncă lucru ajutor luna aceasta mea meu să sa mi-a vreau loc"
    ),
    "pt": (
        "o a os as um uma de do da que e em não se por para com meu minha eu você é estou posso pode quero "
        "preciso como quanto quando onde olá dinheiro trabalho ajuda este esta mês tenho ter na no sem mas ao "
        "recebi"
    ),
    "it": (
        "il lo la i gli le un una di del che e in non si per con mio mia io è sono posso può voglio come quanto "
        "quando dove ciao soldi lavoro aiuto questo questa ho ha mese avere al sul"
    ),
    "pap": "mi ta no ke ku na e un di pa bo nos sa por tin tabata kuantu mester plaka trabou aki luna",
    "ku": (
        "ez tu em min te bo li ji di bi vê ev çima çawa kengî dixwazim dikarim heye tune pere kar alîkarî mehê nehat"
    ),
}
