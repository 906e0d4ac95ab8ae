namespace IotGateway.Cloud.Erasure;

/// <summary>Data that is kept for a number of days, declared by the room that keeps it.</summary>
internal interface IRetained
{
    /// <summary>The word of the option <c>--WORD-days</c> that gives the days: raw, curated, refused, hot.</summary>
    string Word { get; }

    /// <summary>Word for what is counted, in the plural, for people.</summary>
    string Noun { get; }

    /// <summary>Distance of its data from the record.</summary>
    Origins Origin { get; }

    /// <summary>Text of the refusal of days where all is kept; null where it may go.</summary>
    string? Expected => null;

    /// <summary>Lists what is of a time before another, and lets it go when told to.</summary>
    /// <param name="before">The first moment that is kept.</param>
    /// <param name="apply">Whether to let it go; otherwise nothing changes.</param>
    /// <param name="list">Told each thing that goes, or stays though it is due, a line each.</param>
    /// <param name="cancellation">Gives up; what has gone stays gone.</param>
    /// <returns>How many go, and how many are due and stay.</returns>
    Task<(long Gone, long Stay)> LetGoAsync(DateTimeOffset before, bool apply, Action<string> list, CancellationToken cancellation);
}
