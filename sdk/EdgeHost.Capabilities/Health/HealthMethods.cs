namespace EdgeHost.Capabilities.Health;

/// <summary>Names of the health methods. An app needs a grant of its own for each (<c>edgehost apps grant APP METHOD</c>); a bare star does not grant them.</summary>
public static class HealthMethods
{
    /// <summary><see cref="AnalyzeEcgRequest"/> to <see cref="AnalyzeEcgResponse"/>.</summary>
    public const string AnalyzeEcg = "health.analyze_ecg";

    /// <summary><see cref="AnalyzeEcgStreamRequest"/> to <see cref="AnalyzeSignalStreamResponse"/>, duplex: <see cref="SignalChunk"/> in, <see cref="EcgStreamItem"/> out.</summary>
    public const string AnalyzeEcgStream = "health.analyze_ecg_stream";

    /// <summary><see cref="AnalyzePpgRequest"/> to <see cref="AnalyzePpgResponse"/>.</summary>
    public const string AnalyzePpg = "health.analyze_ppg";

    /// <summary><see cref="AnalyzePpgStreamRequest"/> to <see cref="AnalyzeSignalStreamResponse"/>, duplex: <see cref="SignalChunk"/> in, <see cref="PpgStreamItem"/> out.</summary>
    public const string AnalyzePpgStream = "health.analyze_ppg_stream";

    /// <summary><see cref="ClassifyBloodPressureRequest"/> to <see cref="ClassifyBloodPressureResponse"/>.</summary>
    public const string ClassifyBloodPressure = "health.classify_blood_pressure";
}
