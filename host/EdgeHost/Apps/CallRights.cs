using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;

namespace EdgeHost.Host.Apps;

/// <summary>What plugins call for an app is what the app may call itself. Thread-safe.</summary>
internal sealed class CallRights(AccessControl access) : ICallRights
{
    public bool MayCall(AppIdentity app, string method) => access.Allows(app, method);
}
