using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Dispatch;

/// <summary>Trains networks for the plugins that serve calls. Thread-safe.</summary>
public interface ICallTrainers
{
    /// <summary>A trainer on the account of the app that called.</summary>
    /// <param name="app">Who called.</param>
    ITrainer For(AppIdentity app);
}
