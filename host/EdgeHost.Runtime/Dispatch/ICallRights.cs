namespace EdgeHost.Runtime.Dispatch;

/// <summary>Says what apps may call, where a plugin calls for one. Thread-safe.</summary>
public interface ICallRights
{
    /// <summary>Whether an app may call a method now.</summary>
    /// <param name="app">The app.</param>
    /// <param name="method">The method.</param>
    bool MayCall(AppIdentity app, string method);
}
