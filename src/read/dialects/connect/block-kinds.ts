// What the block types of Amazon Connect do. A new type is a line here.

/**
 * `say`, `ask` (stores what the customer enters), `menu` (the customer chooses), `branch` (an attribute decides),
 * `check` (circumstances decide), `share` (chance, set by the company), `loop`, `hold`, `wait`, `work` (a system call),
 * `queue`, `agent`, `phone`, `flow`, `module` (where it leads), `callback`, `verify`, `end`, `hang-up`, `silent`.
 */
export type Kind =
  | ('say' | 'ask' | 'menu' | 'branch' | 'check' | 'share' | 'loop' | 'hold' | 'wait' | 'work' | 'queue')
  | ('agent' | 'phone' | 'flow' | 'module' | 'callback' | 'verify' | 'end' | 'hang-up' | 'silent')

/** Types of the flow language (version 2019-10-30). */
const KINDS: Record<Kind, string> = {
  say: 'MessageParticipant SendMessage',
  ask: '',
  menu: 'GetParticipantInput ConnectParticipantWithLexBot ShowView',
  branch: 'Compare CheckContactAttributes',
  check: `CheckHoursOfOperation CheckMetricData CheckStaffing CheckQueueStatus CheckOutboundCallStatus CheckVoiceId
    CheckCallProgress CheckParticipantState`,
  share: 'DistributeByPercentage',
  loop: 'Loop',
  hold: 'MessageParticipantIteratively',
  wait: 'Wait',
  work: `InvokeLambdaFunction InvokeThirdPartyIntegration CreateCase UpdateCase GetCase CreateTask
    CreatePersistentContactAssociation CreateCustomerProfile UpdateCustomerProfile SendNotification DataTable`,
  queue: 'TransferContactToQueue DequeueContactAndTransferToQueue',
  agent: 'TransferContactToAgent',
  phone: 'TransferParticipantToThirdParty',
  flow: 'TransferToFlow',
  module: 'InvokeFlowModule',
  callback: 'CreateCallbackContact',
  verify: 'AuthenticateParticipant',
  end: 'EndFlowExecution EndFlowModuleExecution',
  'hang-up': 'DisconnectParticipant',
  silent: `AssociateContactToCustomerProfile CompleteOutboundCall CreateWisdomSession CreateQInConnectSession
    GetCustomerProfile GetCustomerProfileObject GetCalculatedAttributesForCustomerProfile GetMetricData
    LoadContactContent ResumeContact SetVoice StartMediaStreaming StopMediaStreaming StartVoiceIdStream
    StartScreenSharing TagContact UnTagContact UpdateContactAttributes UpdateContactCallbackNumber
    UpdateContactData UpdateContactEventHooks UpdateContactMediaProcessing UpdateContactMediaStreamingBehavior
    UpdateContactRecordingAndAnalyticsBehavior UpdateContactRecordingBehavior UpdateContactRoutingBehavior
    UpdateContactRoutingCriteria UpdateContactTargetQueue UpdateContactTextToSpeechVoice UpdateFlowAttributes
    UpdateFlowLoggingBehavior UpdatePreviousContactParticipantState UpdateRoutingCriteria`,
}

/** The older console export has names of its own; `Transfer` and the like are told apart by their target. */
const LEGACY: readonly (readonly [written: string, type: string])[] = [
  ['PlayPrompt', 'MessageParticipant'],
  ['GetUserInput', 'GetParticipantInput'],
  ['GetUserInput Lex', 'ConnectParticipantWithLexBot'],
  ['CheckAttribute', 'Compare'],
  ['CheckContactAttributes', 'Compare'],
  ['InvokeExternalResource', 'InvokeLambdaFunction'],
  ['InvokeModule', 'InvokeFlowModule'],
  ['LoopPrompts', 'MessageParticipantIteratively'],
  ['HoldCustomer', 'MessageParticipantIteratively'],
  ['DistributeByPercentage', 'DistributeByPercentage'],
  ['Disconnect', 'DisconnectParticipant'],
  ['DisconnectHangup', 'DisconnectParticipant'],
  ['Resume', 'EndFlowExecution'],
  ['EndFlow', 'EndFlowExecution'],
  ['Return', 'EndFlowModuleExecution'],
  ['Transfer Queue', 'TransferContactToQueue'],
  ['TransferToQueue', 'TransferContactToQueue'],
  ['Transfer Agent', 'TransferContactToAgent'],
  ['Transfer PhoneNumber', 'TransferParticipantToThirdParty'],
  ['Transfer Flow', 'TransferToFlow'],
  ['Transfer Callback', 'CreateCallbackContact'],
  ['CreateCallback', 'CreateCallbackContact'],
  ['CreateTask', 'CreateTask'],
  ['SetQueue', 'UpdateContactTargetQueue'],
  ['SetAttributes', 'UpdateContactAttributes'],
  ['SetContactFlow', 'UpdateContactEventHooks'],
  ['SetEventHook', 'UpdateContactEventHooks'],
  ['SetLoggingBehavior', 'UpdateFlowLoggingBehavior'],
  ['SetRecordingBehavior', 'UpdateContactRecordingBehavior'],
  ['SetCallBackNumber', 'UpdateContactCallbackNumber'],
  ['SetRoutingBehavior', 'UpdateContactRoutingBehavior'],
  ['SetCustomerQueueFlow', 'UpdateContactEventHooks'],
  ['SetWhisperFlow', 'UpdateContactEventHooks'],
  ['SetHoldFlow', 'UpdateContactEventHooks'],
  ['SetDisconnectFlow', 'UpdateContactEventHooks'],
  ['GetQueueMetrics', 'GetMetricData'],
]

const kindOfType = new Map(
  Object.entries(KINDS).flatMap(([kind, types]) =>
    types
      .split(/\s+/)
      .filter(type => type !== '')
      .map(type => [type, kind as Kind] as const),
  ),
)
kindOfType.set('StoreUserInput', 'ask')
const typeOfLegacy = new Map(LEGACY)

/** The type in the flow language; unchanged if it has no other name there. */
export function modernType(written: string, target: string | undefined): string {
  return (target && typeOfLegacy.get(`${written} ${target}`)) ?? typeOfLegacy.get(written) ?? written
}

/** Undefined for a type wayout does not know. */
export function kindOf(type: string): Kind | undefined {
  return kindOfType.get(type)
}

/** How a block is left without success, in the words of both exports. */
export type Mishap = 'silence' | 'no-match' | 'busy' | 'error'

const MISHAPS: Record<Exclude<Mishap, 'error'>, string> = {
  silence: 'Timeout InputTimeLimitExceeded',
  'no-match': 'NoMatch NoMatchingCondition Default',
  busy: `AtCapacity QueueAtCapacity CallFailure CallFailed ConnectionTimeLimitExceeded NoAnswer Busy ParticipantNotFound
    ParticipantDisconnected BotParticipantDisconnected`,
}
const mishapOf = new Map(
  Object.entries(MISHAPS).flatMap(([mishap, names]) => names.split(/\s+/).map(n => [n, mishap as Mishap])),
)

export function mishapNamed(name: string): Mishap {
  return mishapOf.get(name) ?? 'error'
}
