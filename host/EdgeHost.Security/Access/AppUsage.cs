namespace EdgeHost.Security.Access;

/// <summary>What an app has used since it was first seen, or since it was last forgotten; kept over restarts.</summary>
/// <param name="App">Its name.</param>
/// <param name="UserId">The user of its processes, or -1.</param>
/// <param name="Calls">Calls that were let in.</param>
/// <param name="Failed">Those that ended with an error.</param>
/// <param name="Denied">Calls that were not let in: not granted, or over a limit.</param>
/// <param name="DeviceTime">Time its steps ran.</param>
/// <param name="CallsInFlight">Calls under way.</param>
public readonly record struct AppUsage(string App, long UserId, long Calls, long Failed, long Denied, TimeSpan DeviceTime, int CallsInFlight);
