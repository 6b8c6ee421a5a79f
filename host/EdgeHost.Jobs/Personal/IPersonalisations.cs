namespace EdgeHost.Jobs.Personal;

/// <summary>What plugins want to learn from feedback, as it is now: plugins come and go. Thread-safe.</summary>
public interface IPersonalisations
{
    /// <summary>All of them; cheap, since it is asked often.</summary>
    IReadOnlyList<Personalisation> List();
}
