using System.Buffers;
using System.Text;
using EdgeHost.PluginSdk;

namespace TestPlugins.Good;

internal sealed class SettingsHandler(PluginEnvironment environment) : ICapabilityHandler
{
    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        var lines = environment.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value}");
        response.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return ValueTask.CompletedTask;
    }
}
