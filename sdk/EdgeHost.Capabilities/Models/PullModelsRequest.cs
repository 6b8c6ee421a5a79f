using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Gets the files of models, and of the models that they require, onto the device. Models of one package are got with one download when asked for together.</summary>
[WireMessage]
public sealed partial class PullModelsRequest
{
    /// <summary>The models, each as id or id@version.</summary>
    [WireField(MaxLength = 1000)]
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Whether a person accepted the licences, for models whose licence asks for it; those of required models too.</summary>
    public bool AcceptLicense { get; init; }

    /// <summary>A folder on the host's device that is searched for the files first; any file whose hash matches is taken.</summary>
    [WireField(MaxLength = 4096)]
    public string? Mirror { get; init; }

    /// <summary>The variant; the manifest's first if absent. Required models come in their first.</summary>
    [WireField(MaxLength = 64)]
    public string? Variant { get; init; }
}
