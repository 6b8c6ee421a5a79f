namespace Inbox;

/// <summary>What is looked at of a mail.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Date">When, as its writer's clock had it; null where it does not say.</param>
/// <param name="Subject">Its subject; may be empty.</param>
/// <param name="Text">Its text without what it quotes and without its signature; may be empty.</param>
internal sealed record Mail(string File, string From, DateTimeOffset? Date, string Subject, string Text);
