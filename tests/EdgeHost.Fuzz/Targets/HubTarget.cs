using System.Text;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Importing;
using EdgeHost.TestKit;

namespace EdgeHost.Fuzz.Targets;

/// <summary>What is read of a hub's folder: <c>config.json</c>, a zero byte, <c>preprocessor_config.json</c>. What comes of it is a manifest that the store reads, or a problem in words.</summary>
internal sealed class HubTarget : IFuzzTarget
{
    public const string TargetName = "import-hub";

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", "\"", ":", "null", "true", "false", "-1", "0", "1e999", "0.5", "1e-320", "2147483648", "\"id2label\":{\"0\":\"a\"}", "\"architectures\":[\"XForImageClassification\"]",
        "\"architectures\":[\"RTDetrForObjectDetection\"]", "\"architectures\":[\"DetrForObjectDetection\"]", "\"size\":{\"shortest_edge\":256}", "\"size\":{\"height\":8,\"width\":8}", "\"size\":800",
        "\"do_center_crop\":true", "\"crop_size\":{\"height\":224}", "\"rescale_factor\":0.00392", "\"do_rescale\":false", "\"do_normalize\":true", "\"image_mean\":[0.5,0.5,0.5]", "\"image_std\":[0,0,0]",
    ];

    private readonly TempFolder _folder = new();

    public HubTarget() => File.WriteAllBytes(_folder.Combine("model.onnx"), [0x08, 0x09, 0x3a, 0x01, 0x00]);

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [ImportAttempt.Separator]];

    public async ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
    {
        var parts = ImportAttempt.Split(input, 2);
        await File.WriteAllBytesAsync(_folder.Combine("config.json"), parts[0].ToArray());
        await File.WriteAllBytesAsync(_folder.Combine("preprocessor_config.json"), parts[1].ToArray());
        try
        {
            var source = SourceFinder.Find(_folder.Path);
            var manifests = await ImportedManifest.MakeAsync("fuzz", source, new ImportWishes(null, "1.0.0", null, "MIT", null, new Dictionary<string, string>()), CancellationToken.None);
            return [.. manifests.Select(static manifest => $"{manifest.Task} {string.Join(',', manifest.Properties.Keys.Order(StringComparer.Ordinal))}")];
        }
        catch (UsageException e)
        {
            return [Behaviour.Of(new EdgeHostException(ErrorCode.InvalidArgument, e.Message))];
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
