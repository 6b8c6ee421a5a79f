namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>A place of a list that explored.</summary>
/// <param name="List">The list.</param>
/// <param name="User">Whose list it was.</param>
/// <param name="Item">The item at the place.</param>
/// <param name="Propensity">The probability with which it got there after the places before it.</param>
/// <param name="AfterEvent">The newest event when the list was made.</param>
/// <param name="IsTaken">Whether the user took the item from the list.</param>
internal sealed record StoredShowing(string List, string User, string Item, double Propensity, long AfterEvent, bool IsTaken);
