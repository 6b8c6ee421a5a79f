namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>Looks for the likeliest translation of one sentence, step by step. Not thread-safe.</summary>
internal interface ISentenceSearch
{
    /// <summary>How many rows it needs after its first step, in which it has one.</summary>
    int Width { get; }

    /// <summary>Whether it has come to an end.</summary>
    bool IsDone { get; }

    /// <summary>What was written, without the end; valid once it is done.</summary>
    IReadOnlyList<int> Tokens { get; }

    /// <summary>Whether that did not come to an end by itself.</summary>
    bool IsCut { get; }

    /// <summary>Takes a step.</summary>
    /// <param name="logits">How likely each token is next, row by row; changed.</param>
    /// <param name="tokens">Gets the tokens that the rows of the next step are written on with, <see cref="Width"/> of them; undefined once it is done.</param>
    /// <param name="parents">Gets which rows of this step, from 0, those go on from.</param>
    void Advance(Span<float> logits, Span<int> tokens, Span<int> parents);
}
