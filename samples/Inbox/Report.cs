namespace Inbox;

/// <summary>What the host said about a mail.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Language">Its language as BCP 47; <c>und</c>: nothing in it says.</param>
/// <param name="Tone">How it sounds, or null: nobody on this device can tell for its language.</param>
/// <param name="Subject">Its subject in the reader's language, or null: it is in it already, or there is no way there.</param>
/// <param name="Text">Its text in the reader's language, likewise.</param>
/// <param name="Note">Why something is missing, or null.</param>
internal sealed record Report(Mail Mail, string Language, string? Tone, string? Subject, string? Text, string? Note);
