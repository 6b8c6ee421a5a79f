namespace EdgeHost.Security.Usage;

/// <summary>What an app has used, as it is kept over a restart.</summary>
/// <param name="App">Its name.</param>
/// <param name="UserId">The user of its processes, or -1.</param>
/// <param name="Calls">Calls that were let in.</param>
/// <param name="Failed">Those that ended with an error.</param>
/// <param name="Denied">Calls that were not let in.</param>
/// <param name="DeviceTimeUs">Microseconds its steps ran, in all.</param>
/// <param name="WindowBegan">When the window of its device time began, or null if it had none.</param>
/// <param name="WindowTimeUs">Microseconds its steps ran in that window.</param>
internal sealed record SavedUsage(
    string App, long UserId, long Calls, long Failed, long Denied, long DeviceTimeUs, DateTimeOffset? WindowBegan, long WindowTimeUs);
