using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Tables;

namespace EdgeHost.Plugins.Language.Training.Characters;

/// <summary>Trains the transformer over characters, which has learned to guess hidden tokens, to judge tones.</summary>
internal static class CharacterTraining
{
    /// <summary>Trains it.</summary>
    /// <param name="arguments">Which folder has what <see cref="CharacterCommand"/> wrote, seed, rounds and rate.</param>
    /// <param name="corpus">The texts.</param>
    /// <param name="settings">The shape of the encoders that it is to be joined with.</param>
    /// <param name="tokens">The training texts' tokens.</param>
    /// <param name="vocabulary">The encoders' vocabulary.</param>
    /// <returns>The encoder, for windows as long as the others'.</returns>
    public static async Task<TableEncoder> TrainAsync(Arguments arguments, Corpus corpus, TableSettings settings, List<List<Token>> tokens, ChosenVocabulary vocabulary)
    {
        var own = settings.ForCharacters();
        own = own with { Rounds = arguments.Share("character-rounds", own.Rounds), Rate = arguments.Share("character-rate", own.Rate) };
        using var encoder = new TableEncoder(own, vocabulary.WordRows, vocabulary.VectorRows, arguments.Number("seed", 1));

        // What it learned before has the rows of another vocabulary where held texts are learned from now.
        var known = CharacterCommand.VocabularyOf(corpus.Training.Where(text => !Corpus.IsHeld(text.Text)));
        var model = ModelProto.Parse(await File.ReadAllBytesAsync(Path.Combine(arguments.Text("characters"), CharacterCommand.Model)).ConfigureAwait(false));
        encoder.BeginWith(model, vocabulary.WordRowsIn(known), vocabulary.VectorRowsIn(known));

        var texts = new TableTexts(tokens, new Vocabulary(vocabulary.File), own.Length);
        var targets = texts.ForWindows(Targets.Of(corpus.Training, own.Smoothing));
        await encoder.TrainAsync(texts.WindowsWith(vocabulary.Vectors), targets, progress => Console.WriteLine($"  characters: step {progress.Step}, loss {progress.Loss:F4}")).ConfigureAwait(false);
        return encoder.WithLength(settings.Length);
    }
}
