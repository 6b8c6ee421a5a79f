namespace EdgeHost.IntegrationTests;

/// <summary>A test of an installed program, and perhaps of real weights; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program, bool withModels = false)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program)))) Skip = $"The program {program} is not installed (apt install {program}).";
        else if (withModels && !ModelsAvailability.CanPull) Skip = "Neither npm nor a mirror (EDGEHOST_MIRROR) is there to get models from.";
    }
}
