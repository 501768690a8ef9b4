// English verbs that instructions begin with, and words that tell an instruction from a statement: data only.

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Rarely anything but a verb at the start of a sentence. */
export const VERBS = list(`
accept accompany acknowledge acquire act activate adapt add address adhere adjust adopt advise affirm agree alert align allocate allow
amend analyse analyze announce answer anticipate apologise apologize append apply appoint appreciate approach approve arrange
ascertain ask assess assign assist associate assume assure attach attempt attend authenticate authorise authorize avoid
await be become begin bill block book boost bring browse build calculate cancel capture carry cc celebrate charge
check choose clarify clean clear click close collaborate collect combine come commence commit communicate compare compensate compile
complete compose compute conclude conduct confirm congratulate connect consider consolidate consult contain continue convert convey
coordinate copy correct create credit customise customize cycle de-escalate deactivate debug decide declare decline deduct deem defer
define delegate delete deliver demonstrate deny deploy describe deselect determine develop diagnose dig direct disable discard disclose
disconnect discuss dismiss dispatch display dispute distribute divide do document double-check download downgrade draft draw drop
duplicate edit educate elaborate elevate elicit eliminate email emphasise emphasize empathise empathize empower enable encourage end
engage enquire enroll ensure enter escalate establish estimate evaluate examine exchange exclude execute exit expand expedite
explain explore export express extend extract facilitate familiarise familiarize feel fetch figure file fill filter finalise finalize find
finish fix flag flip focus follow follow-up forward gather generate get give go google grab grant greet guarantee guide
hand handle hang have help hide highlight hit hold honor honour identify ignore implement import improve include
incorporate increase indicate inform initiate input inquire insert inspect install instruct intercept intervene introduce
investigate invite invoice involve issue join justify keep know label launch learn leave let lift link listen load locate
lock log login look loop lower maintain make manage mark match measure mention merge message mirror modify monitor move mute navigate
negotiate notify nudge obtain offer omit onboard open operate order outline override page paste pause pay perform
persist pick pin ping point populate post postpone practice practise prepare preserve press prevent prioritise prioritize proceed process
produce promise promote prompt proofread propose protect prove provide publish pull purchase push put query quote raise
re-activate re-assign re-open re-run re-send reach react reactivate read reassign reassure reboot recap receive recommend reconcile reconnect record
recover redirect reduce refer reference refill reflect refrain refresh refund refuse register reinstall reinstate reissue reiterate
reject relay release rely remain remember remind remove rename renew reopen repair repeat rephrase replace replicate reply report
reproduce request require rerun reseat research resend reserve reset resist resolve respect respond restart restate restore
restrict resubmit resume retain retrieve retry return reuse reveal reverse revert review revise revisit revoke route run save
scan schedule screen scroll search secure see seek select sell send separate serve set settle share ship show sign
simulate skip smile snooze solicit solve sort speak specify spend spin split stand start state stay stick stop store
stress strive submit subscribe subtract suggest summarise summarize supply support surface suspend swap switch sympathise sympathize
sync tag take talk tap tell terminate test thank tick toggle touch track transcribe transfer transition translate treat triage
troubleshoot try turn type uncheck undo unlink unlock unsubscribe unsuspend update upgrade upload upsell urge use utilise utilize
validate verify view visit void volunteer wait waive walk warn watch welcome wish withdraw withhold work wrap write
downsell clone encrypt restrict say lets sanitise sanitize screenshot screen-share screenshare rotate trigger invoke inspect configure
understand hover observe iterate impersonate reconfigure maximize maximise calibrate contribute meet list aim drive grow gain discover pass brainstorm collate relabel resync replay requeue untick unset deescalate print paint knock dial scan swipe reroute refuel cook rinse nominate designate calculate interview onboard offboard unassign archive bump bookmark celebrate cherish count breathe double remediate mitigate contain reply-all quarantine restock whitelist
allowlist denylist backfill reimburse rebook reschedule resell retain prorate reprint retrain acknowledge commiserate pre-fill prefill
assemble assert audit award back bypass calm categorise categorize chase chat construct cooperate cut detect differentiate distinguish divert embed
enforce experiment forget format freeze fulfil fulfill gauge illustrate insure integrate invalidate isolate jot leverage map migrate minimise minimize
narrow obey opt organise organize overcome pack park permit persuade position power praise procure purge pursue qualify rate re-enter recall recheck
recognise recognize reconfirm redeem refine reinforce relocate reorder retest reward rework shift shut signal signpost simplify slow source spot strip
substitute suppress survey synchronise synchronize tailor teach tie tighten trade train transform transmit trim trust tweak uninstall unplug vote weigh
wipe
participate brief relieve rest sip stretch decompress subscribe unblock ban whisper transfer bill hear soothe pitch probe close convince
`)

/** Verbs that are as often nouns: they count when a determiner, pronoun or preposition follows. */
export const NOUNISH = new Set(
  list(`
address alert answer approach bill book charge check click contact credit debit document display draft edit email end estimate exchange export
file filter fix flag focus follow-up guarantee guide hand handle help highlight hit hold import input invoice issue
label launch link load log login look match measure message order outline page pause pay ping pin point post practice process
promise prompt purchase query question quote reach record reference refund refill register release repair reply report request
research reserve reset return review reverse route run save scan schedule screen search set share ship show sign sort split
stage start state stop store supply support surface switch tag test track transfer transition trigger type update upgrade upload use
view visit void wait walk watch welcome work wrap whitelist call text transition copy block claim comment name note place plan ticket time
touch track treat screen sync double count brief rest contract project object subject present offer complete open clear clean correct
exit feel find lead press read spend stand lift lock mark order switch bump bill ban pitch close probe welcome credit downgrade discount
cc page login backfill archive screenshot benefit result return access approach challenge change delay demand dispute influence interest mention
list pass drive aim meet phone plan position purpose risk service source target value volunteer vote warrant honor honour focus
audit award back calm chat cut experiment format map pack park permit position power praise purge rate recall reward shift signal slow source spot
survey trade train trim trust vote
`),
)

export const MORE_NOUNISH_VERBS = list(
  `call text claim comment name note place plan ticket question change discount debit access challenge contact benefit present`,
)

/** After a nounish verb these make it an instruction. */
export const OBJECT_WORDS = new Set(
  list(`
a an the any all each every this that these those them him her it us me their your our my his its to for with in on if whether as by
from back up out down off over into about at both either one two three another more until when where what how why who which again only
and or customer customers user users caller callers client clients member members tenant tenants agent agents support no some several
there nobody nothing somebody anybody
through against without within before after directly immediately internally @ # clearly politely carefully yourself themselves together once
`),
)

/** A verb form that makes the word before it the subject of a statement: "Support is …", "Contact was …". */
export const FINITE = new Set(
  list(
    `is are was were has had will would can could may might must should shall does did isn't aren't wasn't weren't hasn't won't can't cannot means includes refers remains`,
  ),
)

/** May stand before the verb of an instruction. */
export const LEAD_INS = list(
  `then first firstly second secondly third thirdly next finally lastly last please kindly also now always simply just immediately optionally and
  afterwards additionally again meanwhile alternatively instead so politely carefully clearly quickly briefly promptly calmly ideally
  proactively gently manually directly quietly warmly sincerely genuinely either still only usually typically generally often quickly explicitly
  thoroughly rigorously actively respectfully temporarily subsequently once too do`,
)

/** Subjects whose "must", "should", "can" is an instruction to the agent. */
export const AGENT_SUBJECT =
  /^(?:you|we|i|agents?|representatives?|reps?|advis[eo]rs?|operators?|support|everyone|someone|they|(?:the|our|your|a|an|any|each|every) (?:[\w-]+ ){0,4}?(?:agents?|engineers?|representatives?|reps?|advis[eo]rs?|operators?|team|teams|managers?|leads?|specialists?|staff|supervisors?|team member|dri|messenger|csm|csms|tam|assignee|person on call|colleague|department|desk|scribe|responders?|analyst|cashier|clerk|technician|attendant|host|handler|employee|coach|rep))\b/

/** Who is not the agent but is told to do something: "the user needs to confirm the order id". */
export const CUSTOMER_SUBJECT =
  /^(?:(?:the|a|an|any|each|your|our|these|this) )?(?:[\w-]+ ){0,2}?(?:customers?|users?|callers?|clients?|members?|subscribers?|guests?|tenants?|passengers?|patients?|cardholders?|requesters?|account (?:owner|holder)s?)\b/

export const MODAL =
  /^(?:(?:also|then|only|always|generally|usually|still|typically|first|now|just|both|all|therefore) )*(?:will need to|will have to|would need to|would have to|must|should|shall|will|need to|needs to|have to|has to|ought to|are to|is to|are required to|is required to|are expected to|is expected to|may|can|could|are able to|is able to|are responsible for|is responsible for|'ll)(?! (?:not|never|be)\b)(?:(?: (?:also|then|only|always|first|immediately|now|just|either|still|therefore|at|most|least|likely|generally|usually|typically|simply|directly|instead))*) ([a-z-]+)/

/** Past participles that tell of an action. */
const DONE_TO =
  '(?:[a-z-]{2,}ed|given|taken|written|shown|chosen|forgiven|done|made|sent|kept|told|set|put|cut|read|run|met|held|paid|left|brought|withdrawn|built|driven|broken|frozen|reset|spoken|undone|redone|found)'

/** "should be transferred": an instruction in the passive voice. */
export const PASSIVE = new RegExp(
  `\\b(?:must|should|shall|needs to|need to|has to|have to|ought to|is to|are to) (?:always |then |also |first |immediately |clearly )*be ${DONE_TO}\\b`,
)

/** "After confirmation, the order will be cancelled": what happens next. */
export const HAPPENS = new RegExp(
  `^(?:after|once|upon|as soon as|when)\\b[^,]{3,100}, (?:the|your|their|this|a|an|all|any) [\\w' -]{2,40} (?:will|is|are|gets?|shall)(?: then| also| now)?(?: be)? ${DONE_TO}\\b`,
)
