using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// An encoder that only adds up: a number for each tone over all words and pieces of a text. It errs elsewhere than the one of
/// <see cref="TableNetwork"/> does, and is trained by itself so that it stays that way.
/// </summary>
internal static class LinearNetwork
{
    /// <summary>Parameter of the words' numbers.</summary>
    public const string Words = "linear_words/weight";

    /// <summary>Parameter of the pieces' numbers.</summary>
    public const string Pieces = "linear_pieces/weight";

    /// <summary>Builds the network. Its features are the sums and a 1 that carries the bias.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="words">Rows of the table of words.</param>
    /// <param name="pieces">Rows of the table of pieces.</param>
    public static Network Create(TableSettings settings, int words, int pieces)
        => new(
            net =>
            {
                var input = TableNetwork.Inputs.Of(net, settings.Length);
                return TableNetwork.Place(net, net.Concat(1, Sums(net, input, words, pieces), TableNetwork.One(net, input)), settings.Part);
            },
            (net, features) => TableNetwork.Loss(net, settings, features));

    /// <summary>The sums.</summary>
    public static GraphValue Sums(NetworkBuilder net, TableNetwork.Inputs input, int words, int pieces)
    {
        var word = net.Embedding("linear_words", input.Words, words, TableSettings.Sums);
        var piece = net.Sum(net.Embedding("linear_pieces", input.Pieces, pieces, TableSettings.Sums), 2);
        return net.Divide(net.Sum(net.Multiply(net.Add(word, piece), input.Present), 1), input.Root);
    }
}
