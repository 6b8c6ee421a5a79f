namespace EdgeHost.IntegrationTests;

/// <summary>A test on real weights: needs npm or a mirror to get them from.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ModelsFactAttribute : FactAttribute
{
    public ModelsFactAttribute()
    {
        if (!ModelsAvailability.CanPull) Skip = "Neither npm nor a mirror (EDGEHOST_MIRROR) is there to get models from.";
    }
}
