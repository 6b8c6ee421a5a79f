namespace EdgeHost.Runtime.Dispatch;

/// <summary>What the device's owner allows apps, and the record of what they had. Thread-safe; never blocks.</summary>
public interface ICallRights
{
    /// <summary>Whether an app is allowed now to call a method, or something that a plugin has a name for.</summary>
    /// <param name="app">Who called.</param>
    /// <param name="permission">A method, or a name like one; other names are never allowed.</param>
    bool Allows(AppIdentity app, string permission);

    /// <summary>Puts on record what an app has had.</summary>
    /// <param name="app">Who called.</param>
    /// <param name="method">What it called.</param>
    /// <param name="what">What it had, in the plugin's words.</param>
    void Record(AppIdentity app, string method, string what);
}
