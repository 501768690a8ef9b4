// What proves a verdict: plain data that can be checked in one pass, without any search (theory.md §9).

/** Numbers are vertices of the unfolding from the entry of the verdict. */
export type Certificate = { proofs: Proved[] }

/** Of which check of the rule (0 itself, then those under `also`), what it proves, and how. */
export type Proved = {
  check: number
  verdict: 'violated' | 'possible' | 'holds' | 'vacuous'
  proof: Proof
}

/**
 * What a rule remembers of a path: whether its scope is open (`closed`, `open`, `done`, `broken`), how far its pattern has
 * come (a count, or what is waited for), and how often what must be repeated was seen (0, 1; 2 once a step has followed).
 * Where each thing is watched for itself: how that thing stands, and which it is; `nobody` watches nothing.
 */
export type Memory = string

/** `suspicious`: all doubts are read against the playbook, `trusting`: for it. */
export type Proof = (
  | /** A way on which the rule is broken. `loopsTo`: from its last vertex one comes back there. */
  {
      by: 'path'
      stance: 'suspicious' | 'trusting'
      path: PathEvent[]
      loopsTo?: number
      because?: Reason
    }
  /** A way to where it stands (what must stand somewhere in a playbook). */
  | { by: 'example'; stance: 'suspicious'; path: number[] }
  /**
   * Everything that can happen: contains the start, is closed under all ways on, and nothing in it breaks the rule.
   * `silent`: nor is there anything for the rule to judge. `without`: from these places what makes the duty never comes.
   */
  | { by: 'closed-set'; stance: 'suspicious'; states: State[]; silent?: true; without?: number[] }
  /** Everything that can happen, and how far each place is from the goal (the distance, and how many ways on that takes). */
  | { by: 'distances'; stance: 'suspicious'; states: State[]; distances: Distance[] }
  /** Everything that can happen, and the places from which the customer wins, with their ranks. */
  | { by: 'ranks'; stance: 'suspicious'; states: State[]; ranks: Rank[] }
  /**
   * Numbers that never rise along any way, and fall where one passes what circles must not go through: one cannot come
   * back. Places at which one can leave need none; `ranks` tell how one gets to the goal from there.
   */
  | { by: 'order'; stance: 'suspicious'; order: Order[]; exits: Exit[]; ranks?: Rank[] }
  /** Each part of the check for itself. */
  | { by: 'parts'; stance: 'suspicious'; parts: Proof[] }
) & {
  /** The circles of the graph, by vertex, where they matter. */
  circles?: Circle[]
  /** The unfolding with limits counted out: all numbers of the proof are indices into this list. */
  counted?: Counted[]
}

/** A vertex of the path and what is remembered there: its contribution to the rule. Several where the scope is in doubt. */
export type PathEvent = { vertex: number; is: Memory[] }

/** Why one cannot get on from the end of a path, or from the place that is to blame. */
export type Reason =
  /** Nobody leaves these states, and in all of them this duty (the first is 0) is owed. */
  | { trapped: State[]; duty: number }
  /** No place is nearer to the goal than this says; places that are not listed never reach it. */
  | { culprit: number; distances: Distance[] }
  /** Places from which the company (or circumstances) can keep the customer in. */
  | { culprit: number; lost: Lost[] }
  /** Places from which there is no way, or none the customer can insist on, to what an exit of a circle must lead to. */
  | { lost: Lost[] }

/** `away`, for each duty: ways on to a place where it is met (0: it is not owed). */
export type State = [vertex: number, memory: Memory, ...away: number[]]
export type Distance = [vertex: number, distance: number, hops: number]
/** `turn`: several parties decide in one step one after the other; 0 is the first to. */
export type Exit = [vertex: number, turn: number]
export type Rank = [vertex: number, turn: number, rank: number]
export type Order = [vertex: number, turn: number, number: number]
/** Given up in this round; within it after so many moves of those who keep the customer in. */
export type Lost = [vertex: number, turn: number, round: number, rank: number]
/**
 * The circle of a vertex; lower numbers are never left for higher ones. `back`: ways on to one vertex that stands for the
 * circle, `forth`: ways on from there.
 */
export type Circle = [circle: number, back: number, forth: number]
/** A vertex of the unfolding without limits, what is remembered of the request, and how often each limited act was met since. */
export type Counted = [vertex: number, is: Memory[], ...counts: number[]]
