"""What the deal game says, step by step: the page fills in the numbers, and so does the text.

A list is gone through, one sentence after the other. `{n}` and the like are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Words = Mapping[str, Sequence[str]]

PLAY: Words = {
    "leave": ["Leave them alone"],
    "leave_small": ["as you promised"],
    "take": ["Take the drawings"],
    "take_small": ["as you could"],
    "season": ["Season {n}."],
    "last": ["That was the last season. There were {n}."],
    "score": ["You {me}, they {they}"],
    "log": ["Season by season, in words"],
    "you": ["You"],
    "they": ["The other side"],
    "promise": ["the promise"],
    "again": ["Play again"],
    "key_kept": ["left it alone"],
    "key_took": ["took the drawings"],
    "key_stands": ["the promise stands"],
    "key_off": ["it’s off"],
    "key_named": ["named"],
    "key_false": ["named, falsely"],
}
FIELDS: Words = {
    "range": ["From {low} to {high}, please."],
    "clash_names": ["An honest State can’t be named more often than a thief."],
    "clash_harm": ["The loss has to be larger than the gain."],
    "empty": ["A number, please: from {low} to {high}."],
}
DAYLIGHT: Words = {
    **PLAY,
    "start": ["You won’t be told which season is the last. Neither will they."],
    "offer": [
        "Your car makers are two years behind. The drawings of the battery next door could be on "
        "your desk by Friday. You’ve promised to leave such things alone, and so have they.",
        "The same offer. It’s still a very good battery.",
        "Your biggest car maker is laying people off, and the minister asks what your service is "
        "for.",
        "The drawings are still there. So is the promise.",
        "A junior officer is in their network already. She only needs a yes.",
        "In the ministry they’ve begun to call it market research.",
        "Friday again.",
    ],
    "off": [
        "They saw it. The promise is off, and now they’re in your archives. What do you do?",
        "They’re still taking. And you?",
        "One more season like this.",
    ],
    "kept": [
        "Nothing was taken. A quiet season brings 2 to each of you.",
        "Nothing happened, which is what peace looks like. 2 for each.",
        "You left theirs alone and they left yours alone. 2 for each.",
    ],
    "took": ["You have the drawings: 5 for you. They lose 3, and they watched you do it."],
    "both": ["You took from each other. All that work, and it comes to 0 for both."],
    "lost": ["You held back and they didn’t: 3 lost for you, 5 for them. It didn’t soften them."],
    "back": ["Then they stop. The promise stands again."],
    "never_h": ["You never touched it, so you don’t know yet what it would’ve cost"],
    "never_p": [
        "Two a season, {good} for each of you, and neither knows what the other would have done. "
        "Play again, and this time take the drawings."
    ],
    "once_h": ["You took five, and paid for it afterwards"],
    "often_h": ["You took what you could, and paid for it each time"],
    "cost_p": [
        "Taking brings 5 where a quiet season brings 2, so you’re 3 ahead. But then they take for "
        "three seasons, whatever you do, and three quiet ones would’ve brought you 6. You ended "
        "{cost} behind a State that never touched anything."
    ],
    "ahead_h": ["You came out ahead, because it was over before the bill came"],
    "ahead_p": [
        "You took late, and {seasons} seasons happened to be all there were. With three more "
        "you’d have paid. You couldn’t have known; play again and see how often it works."
    ],
    "why": ["Why don’t they say which season is the last?"],
    "why_p": [
        "Suppose you knew. Then you’d take in the last one, because nothing comes after it. So "
        "would they. But if the last season is lost anyway, nothing you do in the one before can "
        "save it, so you’d both take there too, and so on, all the way back to the first. A "
        "promise like this one lives on not knowing when it ends."
    ],
    "bar_me": ["You, as you played"],
    "bar_good": ["You, had you left it all alone"],
    "bar_they": ["They"],
    "dirty": ["Play again, and take the drawings"],
}
FOG: Words = {
    **PLAY,
    "start": ["You’ve both agreed to one more line: after any name, it’s off for three seasons."],
    "counted": ["Counted when the fog lifts"],
    "offer": [
        "The same offer and the same promise. But from now on you can’t see who took what, and you "
        "can’t tell from your own shelves: a drawing that was copied is still in its drawer.",
        "Once a season the analysts publish a name, or none. They’re right more often than not.",
        "Friday again. The battery hasn’t become any worse.",
        "The promise stands again, and so does the offer.",
        "Another season, another Friday.",
    ],
    "none_kept": [
        "Nobody is named. Did anything happen? You can only speak for yourself.",
        "Nobody is named. That’s good news, or bad analysts.",
        "Nobody is named.",
    ],
    "none_took": ["You have the drawings, and no name comes out."],
    "me_false": ["You’re named, and you didn’t do it. You say so. That’s what they all say."],
    "me_true": ["You’re named, and this time they’re right."],
    "they_named": ["They’re named. They say they didn’t do it. They would say that."],
    "both_named": ["Both of you are named."],
    "is_off": ["The promise is off."],
    "sit_false": ["Three seasons of helping yourselves, because of something you didn’t do."],
    "sit_other": ["That’s what you agreed: three seasons in which you both help yourselves."],
    "sit": ["Let three seasons go by"],
    "sat": ["Seasons {from} to {to}. You took from each other, and it came to 0 for both."],
    "sat_log": ["You took from each other. 0 for both."],
    "guess": ["While the promise stood, how often did they take your drawings?"],
    "guesses": ["Never", "Once or twice", "More often than that"],
    "before": ["That was the last season. Before the fog lifts:"],
    "lift": ["Lift the fog"],
    "guess_first": ["Guess first. It’s only a game."],
    "lifted": ["The fog has lifted."],
    "never_right": ["Never. You trusted them, and you were right."],
    "never_wrong": [
        "Never. You said “{guess}”, but they left your drawings alone in every season in which "
        "the promise stood."
    ],
    "kind_h": ["This time nobody was named"],
    "kind_p": [
        "Don’t get used to it. With these analysts about one quiet season in five ends with a "
        "false name."
    ],
    "false_h": ["It broke {times}, and nobody had broken it"],
    "mixed_h": ["It broke {times}: {real} because of you, {fake} by mistake"],
    "true_h": ["It broke {times}, and each time the analysts were right about you"],
    "false_p": [
        "The analysts aren’t fools. They name an honest State one time in ten, and a thief six "
        "times in ten. But there are two States to be wrong about, and there’s always another "
        "season: about one quiet season in five ends like that."
    ],
    "true_p": [
        "So this time the fog did no harm, and you did. Play again and keep your word all the way "
        "through. You’ll be surprised who gets named."
    ],
    "unseen": ["You took {stole} times, and {unseen} of those went unnoticed."],
    "unseen_one": ["You took once, and nobody noticed."],
    "seen_one": ["You took once, and it was noticed."],
    "fresh": ["Play again, with fresh dice"],
}
RULES: Words = {
    **FIELDS,
    "ask": [
        "Over many seasons in that fog, a State that always takes makes {takes} a season, and one "
        "that keeps its word {keeps}. So now both governments do the sum first. Write rules that "
        "bring thirty quiet seasons out of forty."
    ],
    "holds": ["They’ll keep it. Taking costs at least what it brings: {why}."],
    "breaks": ["They’ll take. Taking brings {gain} and costs less: {why}."],
    "reasons": ["{sanction} from the sanction, {peace} from quiet seasons lost"],
    "bar_gain": ["What taking once brings"],
    "bar_cost": ["What it costs, on average"],
    "bar_note": ["solid: the sanction; hatched: quiet seasons lost"],
    "play": ["Play forty seasons"],
    "more": ["Play forty more"],
    "waiting": ["Forty seasons are waiting."],
    "quiet": ["{quiet} quiet seasons of 40. {names}."],
    "all_false": ["{n} names, and all of them false"],
    "one_false": ["One name, and it was false"],
    "no_names": ["Not one name"],
    "noisy": [
        "No quiet season in 40. Both did the sum and took from the first day, so this time nearly "
        "all of the {n} names were right."
    ],
    "false_h": ["{n} names, and not one of them true"],
    "false_p": [
        "Taking didn’t pay, so nobody took while the promise stood. That’s why each State that was "
        "named was innocent, every time. You broke off all the same, and fined it if you’d set a "
        "price. Couldn’t you let the innocent off? You’d have to know who they are, and that’s "
        "what the fog hides. And if a name costs nothing, taking pays again."
    ],
    "long_h": ["A longer break isn’t a safer one"],
    "long_p": [
        "It holds, but with {off} seasons off after each name the cure takes more peace than the "
        "illness. Try a shorter break and a dearer name."
    ],
    "done_p": [
        "Thirty reached. A dear name and a short break: the promise is back before anyone has got "
        "used to doing without. Who pays for it? Those who happen to be named."
    ],
    "tries": ["Your rules so far"],
    "columns": ["A name costs", "Off for", "Patience", "Quiet"],
    "strip": ["Forty seasons, {quiet} of them quiet, with {n} names."],
}
MAP: Words = {
    **FIELDS,
    "ask": [
        "In this corner of the map the promise doesn’t hold. Move one thing at a time until it "
        "does, then go back to the start and try another. Which of the five can do it alone?"
    ],
    "holds": ["It holds. Taking brings {gain} and costs {cost} on average: {why}."],
    "breaks": ["It doesn’t hold. Taking brings {gain} and costs only {cost}: {why}."],
    "reasons": RULES["reasons"],
    "bar_gain": RULES["bar_gain"],
    "bar_cost": RULES["bar_cost"],
    "bar_note": RULES["bar_note"],
    "quiet": ["Of 100 seasons, {n} would be quiet."],
    "tips": ["On this map it would {turn} if {what}."],
    "tips_none": ["Nothing on this map alone would change that."],
    "turn_hold": ["hold"],
    "turn_break": ["break"],
    "if": [", or if "],
    "when_false_names": ["an honest State were named {v}"],
    "when_detection": ["a thief were named {v}"],
    "when_sanction": ["a name cost {v}"],
    "when_patience": ["next season counted {v}"],
    "when_off": ["it stayed off for {v}"],
    "in_holds": ["it holds"],
    "in_breaks": ["it doesn’t"],
    "in_void": ["names mean nothing"],
    "axes": ["The map shows"],
    "point": ["Where you are on the map. The arrow keys move it."],
    "start": ["Back to the start"],
    "found": ["Found so far, each moved alone:"],
    "found_none": ["Nothing found yet."],
    "two_things": ["That’s more than one thing moved. Go back to the start first."],
    "found_false_names": ["fewer false names (now {v})"],
    "found_detection": ["more thieves named (now {v})"],
    "found_sanction": ["a dearer name (now {v})"],
    "found_patience": ["more patience (now {v})"],
    "found_off": ["a longer break (now {v})"],
    "reveal_h": ["Naming fewer innocents did what naming more thieves does"],
    "reveal_p": [
        "Taking is dear when it makes a difference: when a State that takes is named much more "
        "often than one that doesn’t. You can widen that gap from either end. And a false name "
        "does a second harm. It uses up the peace that a State would be afraid to lose: if the "
        "promise breaks every fifth season anyway, why hold back for its sake?"
    ],
    "reveal_patience": [
        "Did you try patience? Here it can’t do it alone, however far you push it. A long future "
        "helps only if there’s peace in it to look forward to.",
        "Patience can’t do it alone here. A long future helps only if there’s peace in it to look "
        "forward to.",
    ],
    "table": ["Where it holds, with everything else as it is"],
    "table_where": ["It holds with “{name}”"],
    "table_from": ["from {low} to {high}"],
    "table_nowhere": ["nowhere"],
}
SANDBOX: Words = {
    **MAP,
    "ask": ["Everything is loose now. Try a moment, then bend it."],
    "presets": ["Five moments, with numbers that we made up"],
    "preset": ["{name}, with invented numbers. {note}"],
    "differ": ["The two States differ"],
    "biting": ["Sanctions also bite while the promise is off"],
    "mine": ["You"],
    "theirs": ["The other side"],
    "both": ["Both States"],
    "only": ["{who} would take."],
    "incredible": [
        "But one thing is off: with such sanctions it doesn’t pay to take even while the promise "
        "is off, so the break that’s meant to deter isn’t believed."
    ],
    "twice": ["For the other side: taking brings {gain} and costs {cost}."],
}
CROWD: Words = {
    "ask": [
        "Twenty-four States now, six habits, four States with each. Everyone meets everyone for "
        "200 seasons and sees names only. Five habits are ours; the sixth is yours."
    ],
    "told": [
        "Five habits, four States with each. Everyone meets everyone for 200 seasons and sees "
        "names only.",
        "Who’s left when the worst-off copy the best-off for 40 years",
        "A habit of your own is put together from five sentences:",
    ],
    "fogs": ["Daylight", "Haze", "Fog"],
    "fog": ["How well can they see?"],
    "bet": ["Which habit will do best?"],
    "no_bet": ["no bet"],
    "own": ["Your habit"],
    "play": ["Let them play"],
    "learn": ["Let the losers learn: eight years"],
    "stays": ["That’s how it stays"],
    "first": ["First year"],
    "after": ["After {n} years"],
    "wins": ["{name} did best in the first year, with {v} a season."],
    "bet_right": ["You said so."],
    "bet_wrong": ["You’d bet on {name}."],
    "lives_off": ["It lives off those who keep their word."],
    "spreads": ["{name} spreads, because each year the worst-off State copies the best-off one."],
    "gone": ["Gone: {names}."],
    "fed": ["And the thieves have fewer left to live on."],
    "left_one": ["Only one habit is left: {name}."],
    "left_takes": [
        "In this fog theft looks like bad luck, so it was never punished enough, and they "
        "all learnt to steal. It brings each of them nothing."
    ],
    "left_many": ["Nothing moves any more. Those who are left do equally well."],
    "marks": [
        "Disc: its average a season. Ring: against one habit. Dotted line: peace, 2 a season. "
        "Square: one State."
    ],
    "row": ["{v} a season on average; {n} of 24 States"],
    "died": ["died out"],
    "table": ["What the row makes a season against the column"],
    "average": ["Average"],
    "states": ["States"],
}
WORLDS: Words = {
    "ask": [
        "Two worlds, twelve quarters each, and all you’re shown is how many names were published. "
        "In both, they all took what they could until the fourth quarter. Then, in one world, "
        "they stopped. In the other they went on, but hid so well that they were named no more "
        "often than States that had stopped."
    ],
    "question": ["In which world did they stop?"],
    "options": ["In A", "In B", "You can’t tell"],
    "world": ["World {name}"],
    "names": ["World {name}: {counts} names, quarter by quarter"],
    "look": ["Look behind the names"],
    "first": ["Say something first, even if it’s a guess."],
    "right": ["You’re right that you can’t."],
    "wrong": ["You said “{guess}”, and it was a coin toss."],
    "told": ["They stopped in {name}."],
    "told_h": ["The same names, and two different worlds"],
    "told_p": [
        "A thief who’s named as rarely as an honest State leaves the same trace as an honest "
        "State. So the count falls when they refrain, and it falls when they hide better. To tell "
        "the two apart you need something that hiding doesn’t change: what’s missed later, what "
        "turns up in a rival’s product, what insiders tell."
    ],
    "key_took": ["taken"],
    "key_kept": ["left alone"],
    "again": ["Throw the dice again"],
    "behind": ["World {name}, behind the names: taken in {n} of 12 quarters"],
}
