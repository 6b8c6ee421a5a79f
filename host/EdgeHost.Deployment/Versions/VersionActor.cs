namespace EdgeHost.Deployment.Versions;

/// <summary>Who moved a version. The numbers are kept on the disk.</summary>
public enum VersionActor
{
    /// <summary>Whoever made it: it was added in this state.</summary>
    Maker = 0,

    /// <summary>The host, by the version's gate.</summary>
    Gate = 1,

    /// <summary>An app, for its own scope.</summary>
    App = 2,

    /// <summary>The device's owner.</summary>
    Owner = 3,
}
