// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/sentences.h"

namespace samout {

// No letter stands twice in a row in these words: a repeated token leaves the network's state as it was.
const std::string_view englishGrammar = R"(
# The words of most sentences. A person: name/he/his/him.
one = tom/he/his/him | mia/she/her/her | ben/he/his/him | eva/she/her/her | max/he/his/him | lily/she/her/her
 | leo/he/his/him | nora/she/her/her | sam/he/his/him | ruby/she/her/her
beast(%/a %) = dog | cat | bird | duck | fox | cow | lion | frog
item(%/a %) = hat | cup | kite | key | drum | lamp
of(%/a %) = big | black | white | brown | old/an old | tiny | hungry
do(%/%s/%ed/%ing) = play | sing/sings/sang/singing | work | dance/dances/danced/dancing | read/reads/read/reading | walk
where = in the garden | at home | by the river | on the farm | in the park
feel = hungry | tired | sad | kind | brave | cold
box = box | bag

# The words of the others.
name = tom/he/his/him | mia/she/her/her | ben/he/his/him | eva/she/her/her | max/he/his/him | lily/she/her/her
 | leo/he/his/him | nora/she/her/her | sam/he/his/him | ruby/she/her/her | jack/he/his/him | clara/she/her/her
 | paul/he/his/him | rosa/she/her/her | peter/he/his/him | julia/she/her/her | david/he/his/him | alice/she/her/her
 | oscar/he/his/him | sofia/she/her/her | lucas/he/his/him | helen/she/her/her | martin/he/his/him
 | maria/she/her/her | simon/he/his/him | olga/she/her/her | hugo/he/his/him | nina/she/her/her
 | adam/he/his/him | sara/she/her/her | robert/he/his/him | vera/she/her/her | daniel/he/his/him | ida/she/her/her
person = boy/he/his | girl/she/her | man/he/his | woman/she/her | farmer/he/his | nurse/she/her | king/he/his
 | dancer/she/her | baker/he/his | singer/she/her | sailor/he/his | painter/she/her
kin = mother | father | brother | sister | friend | uncle | aunt | cousin | grandmother | grandfather | neighbour
trade = a teacher | a doctor | a farmer | a baker | a painter | a singer | a sailor | a dancer | a writer | a pilot
 | a gardener | an actor | a driver | a nurse | a judge | an artist
# word/a word/words
animal(%/a %/%s) = dog | cat | bird | horse | duck | fox/a fox/foxes | mouse/a mouse/mice | cow | goat | lion
 | fish/a fish/fish | frog | owl/an owl/owls | bear | monkey | hen | pig | tiger | wolf/a wolf/wolves | lamb | pony/a pony/ponies
 | donkey | snake | turtle | hamster | elephant/an elephant/elephants | swan | camel | hedgehog | zebra | penguin
 | dolphin | eagle/an eagle/eagles | crab | snail | spider | whale | beaver | lizard | badger | ant/an ant/ants
pet(%/a %/%s) = dog | cat | bird | horse | duck | mouse/a mouse/mice | goat | fish/a fish/fish | frog | hen | owl/an owl/owls
 | pony/a pony/ponies | monkey | donkey | lamb | turtle | hamster | pig | snake
thing(%/a %) = hat | cup | kite | key | map | coat | drum | toy | lamp | cake | pen | bike | ring | flower | stone
 | picture | pencil | clock | scarf | candle | watch | lemon | robot | shirt | plate | brush | orange/an orange | knife
 | train | blanket | phone | flute | guitar | pear
small(%/a %) = hat | cup | key | kite | map | ring | toy | coat | cake | pen | lamp | drum | clock | scarf | lemon
 | knife | watch | stone
container = box | bag | house | car | boat | tent | shed | barn | chest | van
look(%/a %) = big | black | white | old/an old | brown | young | tiny | clever | lazy | hungry | brave | quick | shy
 | wild | grey | friendly | proud | fat | lonely | strong | gentle | beautiful | curious
make(%/a %) = red | blue | new | old/an old | white | big | black | tiny | clean | golden | pink | heavy | silver
 | purple | broken | beautiful | strange | expensive
mood = tired | hungry | sad | kind | brave | cold | quiet | strong | shy | lucky | busy | ready | proud | late | clever
 | lonely | angry | curious | thirsty | friendly | careful | polite
than = older | younger | stronger | faster | kinder | braver | quicker | louder | wiser | richer | quieter
number = two | four | five | six | ten | seven | eight | nine | twelve
# verbs: base/he/past/-ing
act(%/%s/%ed/%ing) = play | sing/sings/sang/singing | work | dance/dances/danced/dancing | wait | read/reads/read/reading
 | rest | walk | write/writes/wrote/writing | paint | talk | jump | laugh | draw/draws/drew/drawing
 | smile/smiles/smiled/smiling | dream | climb | hide/hides/hid/hiding | study/studies/studied/studying
 | shout | bake/bakes/baked/baking | fish/fishes/fished/fishing
roam(%/%s/%ed/%ing) = play | rest | hide/hides/hid/hiding | eat/eats/ate/eating | wait | jump
 | drink/drinks/drank/drinking | walk | dream | climb
met = saw | found | heard | watched | liked | met | painted | helped | caught | washed | fed
get(%/%s/%ed) = want | find/finds/found | like/likes/liked | buy/buys/bought | love/loves/loved | draw/draws/drew
 | make/makes/made | bring/brings/brought | clean | paint | wash/washes/washed | lose/loses/lost | hide/hides/hid
can = swim | sing | dance | read | write | draw | paint | fly a kite | climb | ride a horse | bake bread | sail a boat
 | drive a car | play the drum | play the flute | play the guitar | make a fire | jump far | speak french
place = in the garden | in the park | at home | in the house | by the river | on the beach | in the kitchen
 | on the farm | by the sea | in the forest | at the lake | on the bridge | in the city | under the table
 | at the market | in the rain | in the snow | behind the house | near the station | in the barn | by the window
 | on the island | at the harbour | in the library | in the tent | on the mountain | near the castle | at the museum
area = by the river | in the forest | on the farm | in the city | by the sea | near the castle | on the island
 | at the harbour | near the station | on the mountain
goal = home | to the park | to the river | to the market | to the beach | to the lake | to the city | to the sea
 | to the farm | to work | to the forest | to the library | to the museum | to the station
 | to the theatre | to the mountains | to the island
when = today | every day | on sunday | in the morning | at night | in the evening | every morning | on friday
 | in winter | after lunch | on monday | in spring | on saturday | at six | in autumn
once = yesterday | last night | one day | on sunday | this morning | last winter | long ago | last year | on monday
 | last autumn
eat = bread | soup | rice | fish | cake | lemons | honey | pears | plums | ice cream | potatoes | oranges | pasta | fruit
 | nuts | chocolate | tomatoes | salad | grapes
drink = water | milk | tea | juice | hot milk | lemonade | cold water | hot tea
why = tired/rests | hungry/eats bread | cold/wears a coat | thirsty/drinks water | late/runs home | sad/cries
 | glad/sings a song | busy/works at night | lonely/writes to a friend | curious/asks a question | sick/stays in bed
 | tired/goes to bed | hungry/bakes a cake | cold/makes a fire | proud/smiles | lucky/wins the game | angry/shouts
weather = rains | snows | is cold | is dark | is late | is warm | is windy | is quiet
sky = the sun is warm | it is cold | the sky is blue | the wind is strong | it is very hot | the snow is white
 | the sea is quiet | the lake is quiet | the river is cold | the clouds are dark
order = come home | open the window | help me | wait for me | clean the table | be quiet | sing a song | come with me
 | close the box | read the story | play with me | write to me | bring me the map | give me the cup | go to bed

sentence: 93 {core}
sentence: 4 {recall}
sentence: 3 {rich}

core: 18 {one} {do.1} {where}.
core: 12 {one} is {do.3} {where}.
core: 15 {one} has {of.1} {beast}.
core: 15 the {beast} is {of}.
core: 10 the {beast} plays {where}.
core: 8 {one} is {feel}.
core: 8 {one} has {item.1}.
core: 6 where is {one:a}? {a.1} is {where}.

# What was said has to be known again.
recall: 4 {one} has {beast:x.1}. the {x} is {of}.
recall: 3 {one} put the {item:x} in the {box:c}. the {x} is in the {c}.
recall: 3 {one:a} gave {one:b!a} {item:x.1}. now {b} has the {x}.
recall: 2 {one:a} lost {item:x.1}. {one!a} found the {x}.
recall: 2 who has the {item:x}? {one} has the {x}.
recall: 2 {one:a} loves {a.2} {beast}.
recall: 3 {one:a} and {one!a} {do} {where}.
recall: 2 is {one:a} {feel:s}? yes, {a.1} is {s}.

say: 5 i am {mood}
say: 3 i want to go {goal}
say: 3 i like your {pet}
say: 3 i have {make.1} {thing}
say: 2 come with me
say: 2 i can help you
say: 2 we can play {place}
say: 2 the {animal} is {look}
say: 2 i can {can}

rich: 6 {once} {name} {act.2} {place}.
rich: 4 {name} {act.1} {when}.
rich: 6 {name:a} {act.1} with {a.2} {kin} {place}.
rich: 4 {name:a} and {name:b!a} are {act.3} {place}.
rich: 4 {name} has {number} {pet.2}.
rich: 4 {name} {get.1} the {make} {thing}.
rich: 4 {once} {name} {get.2} {thing.1}.
rich: 7 {once} {name} {met} {look.1} {animal}.
rich: 7 the {look} {animal} {roam.1} {place}.
rich: 4 {number} {animal.2} {roam} {place}.
rich: 4 there is {look.1} {animal} {place}.
rich: 5 where is the {animal:x}? the {x} is {place}.
rich: 4 {name:a} hides {place}. {name:b!a} finds {a} there.
rich: 3 whose {thing:x} is this? it is {name}'s {x}.
rich: 4 {name:a} wants {small:x.1}, so {a.2} {kin} buys {a.3} {x.1}.
rich: 3 can {name:a} {can}? no, {a.1} can not.
rich: 4 {name:a} can {can}, but {name:b!a} can not.
rich: 3 {name} wants to {can}.
rich: 5 does {name:a} like {eat:f}? yes, {a.1} loves {f}.
rich: 4 {name} likes {eat:f}, but not {eat!f}.
rich: 3 {name} eats {eat} {when}.
rich: 3 {name} drinks {drink} {when}.
rich: 5 "{say}," says {name}.
rich: 4 {name} says, "{say}."
rich: 3 "where is my {thing:x}?" asks {name}. "it is in the {container}."
rich: 3 "are you {mood:s}?" asks {name}. "yes, i am {s}."
rich: 2 "thank you for the {thing}," says {name:a} to {name!a}.
rich: 5 the {animal} that lives {area} is {look}.
rich: 4 the {person} who lives {area} has {pet.1}.
rich: 3 the {person:p} loves {p.2} {pet}.
rich: 4 {name:a} is {why:w}, so {a.1} {w.1}.
rich: 4 {name:a} {why:w.1} because {a.1} is {w}.
rich: 3 when it {weather}, {name} {act.1} {place}.
rich: 4 {name:a} is {than} than {name!a}.
rich: 3 {name:a} is {trade}. {a.1} works {area}.
rich: 3 {name}'s {kin} is {trade}.
rich: 3 {name}'s {thing} is {make}.
rich: 5 {name:a} goes {goal} with {name!a}.
rich: 4 {name:a} and {a.2} {kin} go {goal}.
rich: 3 {name} goes {goal} {when}.
rich: 3 if {name:a} is late, {name!a} waits for {a.3}.
rich: 3 {name:a} says that {name:b!a} is {mood}.
rich: 2 {name:a} told {name!a} a story about {look.1} {animal}.
rich: 2 please {order}, {name}.
rich: 2 {sky} today.
)";

/// Goes in front of the lists above.
const std::string_view englishDoubles = R"(
one = anna/she/her/her | emma/she/her/her | will/he/his/him
beast(%/a %) = rabbit | puppy | kitten
item(%/a %) = ball | book | apple/an apple
of(%/a %) = happy | little
feel = happy | silly
do(%/%s/%ed/%ing) = sleep/sleeps/slept/sleeping | run/runs/ran/running
where = at school | in the street
name = anna/she/her/her | emma/she/her/her | molly/she/her/her | will/he/his/him | hannah/she/her/her | otto/he/his/him
kin = teddy | daddy | mummy
pet(%/a %/%s) = rabbit | puppy/a puppy/puppies | kitten | sheep/a sheep/sheep | parrot
small(%/a %) = ball | book | apple/an apple | spoon | doll
animal(%/a %/%s) = rabbit | puppy/a puppy/puppies | kitten | bee | sheep/a sheep/sheep | goose/a goose/geese | parrot
thing(%/a %) = ball | book | apple/an apple | spoon | doll | umbrella/an umbrella | bottle | letter | mirror
look(%/a %) = happy | little | sleepy | small | silly | funny
make(%/a %) = green | yellow | little | small | wooden
mood = happy | sleepy | silly | well
act(%/%s/%ed/%ing) = sleep/sleeps/slept/sleeping | swim/swims/swam/swimming | run/runs/ran/running
 | sit/sits/sat/sitting | cook
roam(%/%s/%ed/%ing) = sleep/sleeps/slept/sleeping | run/runs/ran/running | sit/sits/sat/sitting
place = at school | under the tree | in the street | in the room | on the hill | in the pool | at the zoo
goal = to school | to the zoo | to the hill
eat = apples | eggs | cheese | carrots | noodles | cherries
number = three
once = last week
area = in the village | in the valley
)";

} // namespace samout
