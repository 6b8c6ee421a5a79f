using EdgeHost.Runtime.Scheduling;
using EdgeHost.Security.Access;

namespace EdgeHost.Ipc.Calls;

/// <summary>Charges what the steps of a connection's calls cost to its app. Outlives the calls: a step may end after its call.</summary>
/// <param name="session">The app's admission.</param>
internal sealed class SessionAccount(AppSession session) : IDeviceTimeAccount
{
    /// <inheritdoc/>
    public void Charge(TimeSpan deviceTime) => session.Charge(deviceTime);
}
