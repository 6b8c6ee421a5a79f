using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

/// <summary>A decoder of one layer that writes the tokens that a test says. Its caches hold how many tokens there were, and it fails if they are not handed on.</summary>
internal sealed class ScriptedDecoder
{
    private const int Vocabulary = 64;
    private readonly Func<int, int> _tokenAt;

    public ScriptedDecoder(Func<int, int> tokenAt)
    {
        _tokenAt = tokenAt;
        string[] caches = ["0.decoder.key", "0.decoder.value", "0.encoder.key", "0.encoder.value"];
        Lease = new ScriptedLease(
            ScriptedLease.Describe(
                "scripted-decoder",
                [
                    new TensorDescription("input_ids", ElementType.Int64, new TensorShape(-1, -1)),
                    new TensorDescription("encoder_hidden_states", ElementType.Float32, new TensorShape(-1, -1, 4)),
                    .. caches.Select(name => new TensorDescription($"past_key_values.{name}", ElementType.Float32, new TensorShape(-1, 2, -1, 3))),
                    new TensorDescription("use_cache_branch", ElementType.Bool, new TensorShape(1)),
                ],
                [
                    new TensorDescription("logits", ElementType.Float32, new TensorShape(-1, -1, Vocabulary)),
                    .. caches.Select(name => new TensorDescription($"present.{name}", ElementType.Float32, new TensorShape(-1, 2, -1, 3))),
                ]),
            Run);
    }

    public ScriptedLease Lease { get; }

    /// <summary>The tokens that were put in, in order.</summary>
    public List<long> Given { get; } = [];

    public int Steps { get; private set; }

    private ModelValue[] Run(ModelStep step)
    {
        ModelValue Input(string name) => step.Inputs.Single(input => input.Name == name).Value;

        var ids = Input("input_ids");
        var before = Given.Count;
        Assert.Equal(Steps > 0, Input("use_cache_branch").AsSpan<bool>()[0]);
        Assert.Equal(before, Input("past_key_values.0.decoder.key").Shape[2]);
        Assert.Equal(Steps > 0 ? 7 : 0, Input("past_key_values.0.encoder.value").Shape[2]);
        foreach (var id in ids.AsSpan<long>()) Given.Add(id);
        var count = (int)ids.Shape[1];
        var outputs = new List<ModelValue>();
        foreach (var name in step.Outputs)
        {
            if (name == "logits")
            {
                var logits = new SimulatedValue(ElementType.Float32, new TensorShape(1, count, Vocabulary));
                logits.AsSpan<float>()[((count - 1) * Vocabulary) + _tokenAt(Steps)] = 1;
                outputs.Add(logits);
            }
            else
            {
                var length = name.Contains("encoder", StringComparison.Ordinal) && !name.Contains("decoder", StringComparison.Ordinal) ? 7 : Given.Count;
                outputs.Add(new SimulatedValue(ElementType.Float32, new TensorShape(1, 2, length, 3)));
            }
        }

        Assert.Equal(Steps == 0 ? 5 : 3, outputs.Count);
        Steps++;
        return [.. outputs];
    }
}
