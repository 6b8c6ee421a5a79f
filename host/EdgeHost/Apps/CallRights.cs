using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;
using EdgeHost.Security.Policy;

namespace EdgeHost.Host.Apps;

/// <summary>The rules of apps and the audit log, for plugins: what they call for an app is what the app may call itself. Thread-safe.</summary>
internal sealed class CallRights(AccessControl access, IAuditLog audit) : ICallRights
{
    // A pattern as a name would ask whether the app may do anything of the group.
    public bool Allows(AppIdentity app, string permission) => MethodPattern.IsPattern(permission, mayDeny: false) && !permission.EndsWith('*') && access.Allows(app, permission);

    public void Record(AppIdentity app, string method, string what) => audit.Write(new AuditEntry("data_accessed", app.Name, app.UserId, method, what));
}
