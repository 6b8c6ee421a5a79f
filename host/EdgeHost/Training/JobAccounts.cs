using EdgeHost.Jobs;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Training;

/// <summary>Charges training to its app, and lets it rest while the app's device time is used up. Thread-safe.</summary>
internal sealed class JobAccounts(AccessControl access) : IJobAccounts
{
    public IDeviceTimeAccount? AccountOf(AppIdentity app) => new Account(access, app);

    public string? WhyResting(AppIdentity app)
        => access.FindQuota(app) is { DeviceTimeLeft: { } left, DeviceTimeResetsIn: { } resets } && left <= TimeSpan.Zero
            ? $"the device time that '{app.Name}' may use is used up; it goes on in {Math.Ceiling(resets.TotalMinutes):0} min"
            : null;

    private sealed class Account(AccessControl access, AppIdentity app) : IDeviceTimeAccount
    {
        public void Charge(TimeSpan deviceTime) => access.Charge(app, deviceTime);
    }
}
