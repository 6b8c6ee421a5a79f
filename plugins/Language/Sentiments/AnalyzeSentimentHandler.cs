using System.Runtime.InteropServices;
using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>Serves <c>language.analyze_sentiment</c>.</summary>
[Capability(
    LanguageMethods.AnalyzeSentiment,
    Summary = "Judges the tone of a text in English or Chinese: negative, neutral or positive.",
    Example = """{"text":"The screen is bright and the battery lasts for days."}""",
    Models = [SentimentAnalyzer.EnglishModelId, SentimentAnalyzer.ChineseModelId, SentimentHead.ModelId])]
internal sealed class AnalyzeSentimentHandler(SentimentAnalyzer analyzer) : CapabilityHandler<AnalyzeSentimentRequest, AnalyzeSentimentResponse>
{
    public override async ValueTask<AnalyzeSentimentResponse> HandleAsync(
        AnalyzeSentimentRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var result = await analyzer.AnalyzeAsync(request.Text, context.Models, cancellationToken).ConfigureAwait(false);
        var score = result.Shares[(int)result.Label];
        context.ReportAnswer(new AnswerReport
        {
            Label = SentimentLabels.Of(result.Label),
            Confidence = score,
            Kind = AnswerInputKind.Features,
            Input = Bytes(result.Features),
            Encoder = result.Encoder,
            Measures = new Dictionary<string, double>(StringComparer.Ordinal) { ["length"] = request.Text.Length, ["coverage"] = result.Coverage },
        });
        return new AnalyzeSentimentResponse
        {
            Label = result.Label,
            Score = score,
            Scores = new SentimentScores
            {
                Negative = result.Shares[(int)Sentiment.Negative],
                Neutral = result.Shares[(int)Sentiment.Neutral],
                Positive = result.Shares[(int)Sentiment.Positive],
            },
            Language = result.Language,
            Coverage = result.Coverage,
            Features = request.IncludeFeatures ? result.Features : null,
            Models = result.Models,
        };
    }

    // What the head judged by is all that it can learn from; the text itself is not kept.
    private static byte[] Bytes(float[] features)
    {
        if (BitConverter.IsLittleEndian) return MemoryMarshal.AsBytes<float>(features).ToArray();
        var bytes = new byte[features.Length * sizeof(float)];
        for (var i = 0; i < features.Length; i++) System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), features[i]);
        return bytes;
    }
}
