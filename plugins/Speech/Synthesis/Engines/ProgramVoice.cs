using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.Plugins.Speech.Synthesis.Text;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A voice of a program that is given a sentence and gives a WAV file.</summary>
/// <param name="pool">Runs it.</param>
/// <param name="command">The program with the voice among its arguments.</param>
/// <param name="rate">How fast it speaks.</param>
/// <param name="sampleRate">Samples a second, or the highest that it may have.</param>
/// <param name="isAscii">Whether it knows nothing but ASCII.</param>
internal sealed class ProgramVoice(ProgramPool pool, ProgramCommand command, double rate, int sampleRate, bool isAscii) : IOpenVoice
{
    public IReadOnlyList<string> Models => [];

    public async ValueTask<SpokenSound> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken)
    {
        var text = isAscii ? SpokenText.CleanAscii(sentence.Span) : SpokenText.Clean(sentence.Span);
        if (!SpokenText.HasWords(text)) return new SpokenSound(sampleRate, []);
        var output = await pool.RunAsync(command, text, SoundBound.BytesOf(text.Length, rate, sampleRate), cancellationToken).ConfigureAwait(false);
        return WavOutput.Read(output.Span, command.Name, sampleRate);
    }

    public void Dispose()
    {
    }
}
