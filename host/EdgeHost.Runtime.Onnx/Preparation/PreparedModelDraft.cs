namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>A prepared form that is being made.</summary>
internal sealed record PreparedModelDraft(PreparedModelKey Key, string Folder)
{
    /// <summary>Where the form goes.</summary>
    public string FormPath => Path.Combine(Folder, PreparedModelStore.FormName);
}
