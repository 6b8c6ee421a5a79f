using EdgeHost.PluginSdk;

namespace TestPlugins.Misbehaving;

/// <summary>Fails in the way that its setting <c>mode</c> names.</summary>
public sealed class MisbehavingPlugin : EdgeHostPlugin
{
    // A timer that is never disposed: the framework's timer queue holds its callback, and that holds this assembly.
    private static Timer? s_leak;
    private string _mode = string.Empty;

    public override void Configure(IPluginBuilder plugin)
    {
        _mode = plugin.Environment.Settings["mode"];
        if (_mode == "throw-in-configure") throw new MisbehaviourException("Configure is not in the mood.");
        plugin.AddCapability(new CapabilityDescriptor { Method = "bad.call" }, _ => new ThrowingHandler());
        plugin.AddCapability(new CapabilityDescriptor { Method = "bad.hang" }, _ => new HangingHandler());
        if (_mode == "forget-capability") return;
        plugin.AddCapability(new CapabilityDescriptor { Method = "bad.ignore" }, _ => new IgnoringHandler());
        if (_mode == "extra-capability") plugin.AddCapability(new CapabilityDescriptor { Method = "bad.extra" }, _ => new ThrowingHandler());
        if (_mode == "unlisted-model") plugin.AddCapability(new CapabilityDescriptor { Method = "bad.call", Models = ["secret"] }, _ => new ThrowingHandler());
    }

    public override async ValueTask StartAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        switch (_mode)
        {
            case "throw-in-start":
                throw new MisbehaviourException("StartAsync is not in the mood.");
            case "hang-in-start":
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                break;
            case "block-in-start":
                // Holds its thread until it is told to stop, as a plugin does that calls a slow native library.
                cancellationToken.WaitHandle.WaitOne();
                break;
            case "leak":
                s_leak = new Timer(_ => GC.KeepAlive(s_leak), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
                break;
        }
    }

    public override ValueTask StopAsync(CancellationToken cancellationToken)
        => _mode == "throw-in-stop" ? throw new MisbehaviourException("StopAsync is not in the mood.") : ValueTask.CompletedTask;
}
