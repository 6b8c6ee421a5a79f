namespace Inbox;

/// <summary>Where reports go, one by one.</summary>
internal interface IMailOutput
{
    void Write(Report report);
}
