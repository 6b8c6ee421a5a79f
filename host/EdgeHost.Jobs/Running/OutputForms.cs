using EdgeHost.Jobs.Specs;
using EdgeHost.Training.Specs;

namespace EdgeHost.Jobs.Running;

/// <summary>What a network's outputs are, by its loss and its last layer.</summary>
internal static class OutputForms
{
    public const string Probabilities = "probabilities";
    public const string Logits = "logits";
    public const string SigmoidLogits = "sigmoid_logits";
    public const string Values = "values";

    public static string Of(JobTask task, NetworkDescription network) => network.Loss switch
    {
        _ when task != JobTask.Classify => Values,
        "cross_entropy" => Logits,
        "binary_cross_entropy_of_logits" => SigmoidLogits,
        _ => network.EndsWithSigmoid || network.EndsWithSoftmax ? Probabilities : Values,
    };

    /// <summary>Above what a single output means the second label.</summary>
    public static float BorderOf(NetworkDescription network) => network.Loss == "binary_cross_entropy_of_logits" ? 0 : 0.5f;

    /// <summary>Makes scores of the labels out of the outputs of one example: 0 to 1, those of one label out of several with the sum 1.</summary>
    /// <param name="form">What the outputs are.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="labels">How many labels there are.</param>
    public static float[] Scores(string form, ReadOnlySpan<float> outputs, int labels)
    {
        if (outputs.Length == 1)
        {
            var second = form == SigmoidLogits ? Sigmoid(outputs[0]) : Math.Clamp(outputs[0], 0, 1);
            return [1 - second, second];
        }

        var scores = outputs[..Math.Min(labels, outputs.Length)].ToArray();
        if (form == Logits)
        {
            var most = scores.Max();
            for (var i = 0; i < scores.Length; i++) scores[i] = MathF.Exp(scores[i] - most);
            var sum = scores.Sum();
            for (var i = 0; i < scores.Length; i++) scores[i] /= sum;
            return scores;
        }

        return Array.ConvertAll(scores, value => form == SigmoidLogits ? Sigmoid(value) : Math.Clamp(value, 0, 1));
    }

    private static float Sigmoid(float value) => 1 / (1 + MathF.Exp(-value));
}
