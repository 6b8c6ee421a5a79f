namespace EdgeHost.PluginSdk.Testing;

/// <summary>A folder of its own for one test, made when first asked for and deleted at the end.</summary>
internal sealed class TestPluginStorage : IPluginStorage, IDisposable
{
    private readonly Lazy<string> _folder = new(static () => Directory.CreateTempSubdirectory("edgehost-plugin-").FullName);

    public string DataFolder => _folder.Value;

    public void Dispose()
    {
        if (_folder.IsValueCreated && Directory.Exists(_folder.Value)) Directory.Delete(_folder.Value, recursive: true);
    }
}
