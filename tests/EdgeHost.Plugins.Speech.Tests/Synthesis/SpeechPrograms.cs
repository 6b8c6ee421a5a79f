using EdgeHost.Plugins.Speech.Synthesis.Programs;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>The programs that speak, as they are installed here.</summary>
internal static class SpeechPrograms
{
    public const string Espeak = "espeak-ng";
    public const string Flite = "flite";

    public static string? WhySkip(IEnumerable<string> programs)
        => programs.FirstOrDefault(static program => ProgramFile.Find(program) is null) is { } missing ? $"The program {missing} is not installed (apt install {missing})." : null;
}
