using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>Models with the inputs and outputs of Piper voices, whose samples say what came in.</summary>
internal sealed class VoiceModelSource : IModelSource, IDisposable
{
    private const float Scale = 1e-4f;
    private const float SpeakerScale = 0.01f;
    private readonly TempFolder _folder = new();
    private readonly List<AvailableModel> _models = [];

    /// <summary>Adds a voice.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="json">The file beside it.</param>
    /// <param name="isInstalled">Whether it can be leased.</param>
    public void Add(string id, string json, bool isInstalled = true)
    {
        File.WriteAllBytes(_folder.Combine($"{id}.onnx"), Graph().ToModel());
        File.WriteAllText(_folder.Combine($"{id}.onnx.json"), json);
        _models.Add(new AvailableModel
        {
            Id = id,
            Version = "1.0.0",
            Summary = "A voice for tests.",
            Licence = "CC-BY-4.0",
            IsInstalled = isInstalled,
            PullCommand = $"edgehost models pull {id}",
            Properties = new Dictionary<string, string> { ["family"] = "piper", ["language"] = "en-US, en", ["speakers"] = id.StartsWith("piper", StringComparison.Ordinal) ? "ann,bob" : string.Empty },
        });
    }

    /// <summary>The samples that such a voice makes.</summary>
    public static float[] Expected(long[] ids, float lengthScale, int speaker) => [.. ids.Select(id => (id * ids.Length * Scale * lengthScale) + (speaker * SpeakerScale))];

    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken) => new(new ModelArtifact
    {
        Id = model,
        Version = "1.0.0",
        Variant = "fp32",
        GraphPath = _folder.Combine($"{model}.onnx"),
        GraphSha256 = new string('0', 64),
        Files = new Dictionary<string, string> { ["voice.onnx.json"] = _folder.Combine($"{model}.onnx.json") },
        SizeBytes = 1000,
    });

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(task == "speech-synthesis" ? _models : []);

    public void Dispose() => _folder.Dispose();

    private static OnnxGraph Graph() => new OnnxGraph()
        .Input("input", ElementType.Int64, 1, -1)
        .Input("input_lengths", ElementType.Int64, 1)
        .Input("scales", ElementType.Float32, 3)
        .Input("sid", ElementType.Int64, 1)
        .Output("output", ElementType.Float32, 1, 1, -1)
        .Initializer("scale", [1], Scale)
        .Initializer("speaker_scale", [1], SpeakerScale)
        .Initializer("one", [1], 1L)
        .Initializer("zero", [1], 0L)
        .Node("CastLike", "input scale", "ids")
        .Node("CastLike", "input_lengths scale", "length")
        .Node("CastLike", "sid scale", "speaker")
        .Node("Gather", "scales one", "length_scale")
        .Node("Mul", "ids length", "a")
        .Node("Mul", "a length_scale", "b")
        .Node("Mul", "b scale", "c")
        .Node("Mul", "speaker speaker_scale", "d")
        .Node("Add", "c d", "e")
        .Node("Unsqueeze", "e zero", "output");
}
