namespace EdgeHost.Security.Access;

/// <summary>What is left of an app's limits. Null stands for no limit.</summary>
/// <param name="MaxPriority">Its most urgent priority.</param>
/// <param name="CallsLeft">Calls it may begin at this moment.</param>
/// <param name="ConcurrentCallsLeft">Calls more that may be in flight.</param>
/// <param name="DeviceTimeLeft">Device time left in this window; never negative.</param>
/// <param name="DeviceTimeResetsIn">When the window ends.</param>
public readonly record struct QuotaStatus(
    CallPriority MaxPriority, int? CallsLeft, int? ConcurrentCallsLeft, TimeSpan? DeviceTimeLeft, TimeSpan? DeviceTimeResetsIn);
