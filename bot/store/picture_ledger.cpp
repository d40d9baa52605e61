#include "bot/store/picture_ledger.hpp"

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {
constexpr std::string_view purpose = "picture.media";
}

PictureLedger::PictureLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(db, "insert into picture (contact, media_sealed, sent_at) values (:contact, :media, :at)"),
      find_(db,
            "select p.id, p.contact, c.account, p.media_sealed, p.tries from picture p "
            "join contact c on c.id = p.contact where p.id = :id"),
      waiting_(db,
               "select p.id, p.contact, c.account, p.media_sealed, p.tries from picture p "
               "join contact c on c.id = p.contact where p.id > :above order by p.id limit :limit"),
      of_contact_(db, "select id from picture where contact = :contact order by id"),
      count_(db, "update picture set tries = tries + 1 where id = :id"),
      drop_(db, "delete from picture where id = :id") {}

PictureId PictureLedger::add(ContactId contact, std::string_view media, Time now) {
  return PictureId{add_.insert(contact, seal_field(cipher_, media, purpose), now)};
}

std::optional<Picture> PictureLedger::find(PictureId id) {
  auto row = find_.one<PictureId, ContactId, std::string, std::string, int>(id);
  if (!row) return std::nullopt;
  auto& [own, contact, account, sealed, tries] = *row;
  return Picture{own, contact, std::move(account), open_field(cipher_, sealed, purpose), tries};
}

std::vector<Picture> PictureLedger::waiting(PictureId above, int limit) {
  std::vector<Picture> found;
  for (auto& [id, contact, account, sealed, tries] :
       waiting_.all<PictureId, ContactId, std::string, std::string, int>(above, limit)) {
    found.push_back({id, contact, std::move(account), open_field(cipher_, sealed, purpose), tries});
  }
  return found;
}

std::vector<PictureId> PictureLedger::of_contact(ContactId contact) {
  std::vector<PictureId> found;
  for (auto& [id] : of_contact_.all<PictureId>(contact)) found.push_back(id);
  return found;
}

void PictureLedger::count_try(PictureId id) {
  count_.run(id);
}

bool PictureLedger::drop(PictureId id) {
  return drop_.run(id) == 1;
}

}  // namespace linli::store
