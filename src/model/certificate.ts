// What proves a verdict: plain data that can be checked in one pass, without any search (theory.md §9).

/** Numbers are vertices of the unfolding from the entry of the verdict. */
export type Certificate = { proofs: Proved[] }

/** Of which check of the rule (0 itself, then those under `also`), what it proves, and how. */
export type Proved = { check: number; verdict: 'violated' | 'possible' | 'holds'; proof: Proof }

/**
 * What a rule remembers of a path: whether its scope is open (`closed`, `open`, `done`, `broken`), how far its pattern has
 * come (a count, or what it waits for), and how often what must be repeated was seen (0, 1; 2 once a step has followed).
 */
export type Memory = string

/** `suspicious`: all doubts are read against the playbook, `trusting`: for it. */
export type Proof =
  /** A way on which the rule is broken. `loopsTo`: from its last vertex one comes back there. */
  | { by: 'path'; stance: 'suspicious' | 'trusting'; path: PathEvent[]; loopsTo?: number; because?: Reason }
  /** Everything that can happen: contains the start, is closed under all ways on, and nothing in it breaks the rule. */
  | { by: 'closed-set'; stance: 'suspicious'; states: State[] }
  /** Everything that can happen, and how far each place is from the goal (the distance, and how many ways on that takes). */
  | { by: 'distances'; stance: 'suspicious'; states: State[]; distances: Distance[] }
  /** Everything that can happen, and the places from which the customer wins, with their ranks. */
  | { by: 'ranks'; stance: 'suspicious'; states: State[]; ranks: Rank[] }

/** A vertex of the path and what is remembered there: its contribution to the rule. Several where the scope is in doubt. */
export type PathEvent = { vertex: number; is: Memory[] }

/** Why one cannot get on from the end of a path, or from the place that is to blame. */
export type Reason =
  /** Nobody leaves these states, and in none of them the duty is met. */
  | { trapped: State[] }
  /** No place is nearer to the goal than this says; places that are not listed never reach it. */
  | { culprit: number; distances: Distance[] }
  /** Places from which the company (or circumstances) can keep the customer in. */
  | { culprit: number; lost: Lost[] }

/** `away`: ways on to a place where the duty is met or the conversation ends; `part`: lower numbers are never left for higher ones. */
export type State = [vertex: number, memory: Memory, away?: number, part?: number]
export type Distance = [vertex: number, distance: number, hops: number]
/** `turn`: several parties decide in one step one after the other; 0 is the first to. */
export type Rank = [vertex: number, turn: number, rank: number]
/** Given up in this round; within it after so many moves of those who keep the customer in. */
export type Lost = [vertex: number, turn: number, round: number, rank: number]
