namespace IotGateway.Cloud.Ingest.Broker;

/// <summary>
/// Places for connections in one state, bounded in all and for each owner: an address, or a certificate's name. Where none is free the
/// oldest of the owner's own gives way, or of the owner who holds the most: who hoards places only hoards them from himself.
/// </summary>
/// <param name="most">Places in all.</param>
/// <param name="mostEach">Places of one owner.</param>
/// <param name="least">Time for which a place is safe from its owner, and from others unless he holds more than they would.</param>
/// <param name="displacesOthers">Whether an owner who holds none may take another's only one.</param>
/// <param name="time">The clock.</param>
internal sealed class Places(int most, int mostEach, TimeSpan least, bool displacesOthers, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<Place>> _held = new(StringComparer.Ordinal);
    private int _taken;

    /// <summary>Takes a place, to be disposed; null when there is none and nobody has to give way.</summary>
    public Place? Take(string owner)
    {
        Place? displaced = null;
        Place place;
        lock (_gate)
        {
            var own = _held.GetValueOrDefault(owner)?.Count ?? 0;
            if (own >= mostEach || _taken >= most)
            {
                displaced = _held[own >= mostEach ? owner : _held.MaxBy(h => h.Value.Count).Key].First!.Value;
                var hoards = displaced.Owner != owner && _held[displaced.Owner].Count > own + 1;
                var safe = (!hoards && time.GetElapsedTime(displaced.Since) < least)
                    || (displaced.Owner != owner && !displacesOthers && _held[displaced.Owner].Count == 1);
                if (safe)
                    return null;
                Remove(displaced);
            }

            place = new Place(this, owner, time.GetTimestamp());
            if (!_held.TryGetValue(owner, out var list))
                _held[owner] = list = [];
            list.AddLast(place);
            _taken++;
        }

        displaced?.Lose();
        return place;
    }

    private void Free(Place place)
    {
        lock (_gate)
            Remove(place);
    }

    private void Remove(Place place)
    {
        if (!_held.TryGetValue(place.Owner, out var list) || !list.Remove(place))
            return;
        _taken--;
        if (list.Count == 0)
            _held.Remove(place.Owner);
    }

    /// <summary>A place that is held until disposed, or until it has to give way.</summary>
    internal sealed class Place(Places places, string owner, long since) : IDisposable
    {
        private readonly CancellationTokenSource _lost = new();

        public string Owner => owner;

        public long Since => since;

        /// <summary>Cancelled when the place is another's.</summary>
        public CancellationToken Lost => _lost.Token;

        /// <summary>Tells the holder, on a thread of its own: what he then does is not the newcomer's to wait for.</summary>
        public void Lose() => _ = _lost.CancelAsync();

        public void Dispose() => places.Free(this);
    }
}
