extension RequestHandler {
    func commInfo(_ message: Message) {
        let members = comms.comms(of: message.content["target_name"]?.string).map { comm -> (String, JSON) in
            (comm.identifier, ["target_name": .string(comm.targetName)])
        }
        reply(message, ["status": "ok", "comms": .object(.init(uniqueKeysWithValues: members))])
    }
}
