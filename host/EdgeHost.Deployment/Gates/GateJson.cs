using System.Text.Json.Serialization;
using EdgeHost.Deployment.Trials;

namespace EdgeHost.Deployment.Gates;

/// <summary>Rules, figures and trials as JSON; generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GateRule))]
[JsonSerializable(typeof(GateFigures))]
[JsonSerializable(typeof(TrialRecord))]
internal sealed partial class GateJson : JsonSerializerContext;
