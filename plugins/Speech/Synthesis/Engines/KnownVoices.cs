using EdgeHost.Plugins.Speech.Synthesis.Programs;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>The voices of a program as it was. Immutable.</summary>
/// <param name="File">The program.</param>
/// <param name="Voices">Its voices.</param>
internal sealed record KnownVoices(ProgramFile File, IReadOnlyList<Voice> Voices);
