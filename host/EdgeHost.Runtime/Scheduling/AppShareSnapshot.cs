namespace EdgeHost.Runtime.Scheduling;

/// <summary>An app's use of the devices at one moment.</summary>
/// <param name="App">The app's name.</param>
/// <param name="Weight">Its weight against other apps; 1 by default.</param>
/// <param name="DeviceTime">Device time it used since the host started.</param>
/// <param name="RecentShare">Its share of all device time lately, 0 to 1.</param>
/// <param name="Steps">Steps that ran.</param>
/// <param name="Waiting">Steps queued now.</param>
/// <param name="Refused">Steps refused.</param>
public sealed record AppShareSnapshot(string App, double Weight, TimeSpan DeviceTime, double RecentShare, long Steps, int Waiting, long Refused);
